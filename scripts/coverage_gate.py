"""Fails unless the tests took every branch of what changes, decides, reads in and counts.

    python scripts/coverage_gate.py coverage.json

There is no list of exemptions: a branch no test can reach is a branch to remove.
"""

import json
import re
import sys
from pathlib import Path

GATED = re.compile(r"^guong/\w+/(actions|policies|importers|indicators)(\.py|/.*\.py)$")


def main(report: str) -> int:
    files = json.loads(Path(report).read_text())["files"]
    gated = {name: found for name, found in sorted(files.items()) if GATED.match(name)}
    if not gated:
        print("Cửa độ phủ: không thấy tệp nào; mẫu tên sai?")
        return 1
    short = {
        name: found
        for name, found in gated.items()
        if found["missing_lines"] or found["missing_branches"]
    }
    for name, found in short.items():
        lines = ", ".join(map(str, found["missing_lines"]))
        branches = ", ".join(f"{start}→{end}" for start, end in found["missing_branches"])
        print(f"  {name}  dòng: {lines or '–'}  nhánh: {branches or '–'}")
    print(f"Cửa độ phủ: {len(gated) - len(short)}/{len(gated)} tệp đủ mọi nhánh.")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
