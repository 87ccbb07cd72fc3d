"""Which row of a list a picture belongs to, by what its file is called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath

from guong.core.vietnamese import fold, name_key

NUMBER = re.compile(r"(?:anh|stt|so|hinh|dong)?0*(\d{1,4})")
BETWEEN = re.compile(r"[_.\-–]+")
PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass
class Rows:
    """The rows pictures may belong to: (row, order in the list, name, code)."""

    by_code: dict[str, list] = field(default_factory=dict)
    by_name: dict[str, list] = field(default_factory=dict)
    by_order: dict[int, object] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[tuple[object, int, str, str]]) -> "Rows":
        known = cls()
        for row, order, name, code in rows:
            known.by_order[order] = row
            known.by_name.setdefault(PLAIN.sub("", name_key(name)), []).append(row)
            if code:
                known.by_code.setdefault(PLAIN.sub("", fold(code)), []).append(row)
        return known

    def of_file(self, name: str) -> tuple[object | None, str]:
        """The row and why, or nothing and why not. Code first, then name, then number in the list."""
        stem = PLAIN.sub("", fold(PurePath(name).stem))
        for known, why in ((self.by_code, "mã hồ sơ"), (self.by_name, "tên")):
            within = sorted((key for key in known if key and key in stem), key=len)
            spelled = PLAIN.sub("", name_key(BETWEEN.sub(" ", PurePath(name).stem)))
            within += sorted((key for key in known if key and key in spelled), key=len)
            if within:
                rows = known[max(within, key=len)]
                return (rows[0], why) if len(rows) == 1 else (None, "nhiều người cùng tên")
        if (number := NUMBER.fullmatch(stem)) and int(number[1]) in self.by_order:
            return self.by_order[int(number[1])], "số thứ tự"
        return None, "không rõ của ai"
