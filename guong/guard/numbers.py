"""The grammar of document numbers. A find-and-replace that puts a name for «UBND» breaks it.

Forms (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW for the Party):
`1043/KH-UBND` number/kind-body · `2055/UBND-NC` number/body-unit · `09/2015/QĐ-UBND` with the year ·
`06/2022/QH15` laws · `41-CT/TW` number-kind/body.
"""

import re
from functools import lru_cache

from .gazetteer import Gazetteer, lines
from .letters import UPPER
from .reading import Found, Reading

HEAD = r"(?<![\w/.,–-])(\d{1,5}[a-zđA-Z]?|…|\.{2,6}|_{2,9})"
PART = r"[^\s/,;:()<>«»“”\"?!|*=+–-]{1,60}"
SIGN = rf"{PART}(?:\s?[–-]\s?{PART})?(?:[/–-]{PART}){{0,4}}"
OF_THE_STATE = re.compile(rf"{HEAD}\s{{0,3}}/\s?({SIGN})")
OF_THE_PARTY = re.compile(
    rf"{HEAD}\s?[–-]\s?({PART}(?: [^\W\d_][^\s/]{{0,20}}){{0,3}}/\s?{PART}(?:-{PART})?)"
)
# One that was replaced by several words goes on after the blank: «2055/… …-NC».
GOES_ON = re.compile(
    rf"(?:[ \u00a0](?:[{UPPER}][^\s,;:()/«»“”]{{0,30}}|\w{{1,12}}[–-][{UPPER}]\w{{0,9}})){{1,4}}"
)
DATE = re.compile(r"[\d.,%\s/–-]+(?:\([^)]*)?$")
CODE = re.compile(r"(?:[A-ZĐÂÊÔƠƯĂ][rgyhvi]?\.?){1,16}(\d{0,2})$")
NAMED = re.compile(
    r"(?:cong van|quyet dinh|ke hoach|chi thi|nghi quyet|huong dan|thong bao|bao cao|to trinh|van ban|"
    r"thong tu|nghi dinh|luat|phap lenh|ket luan|quy dinh|quy che|chuong trinh|de an|cong dien|so)"
    r"(?: lien tich)?(?: so)?\s?:?\s{0,3}$"
)
ADDRESS = re.compile("hẻm|ngõ|ngách|kiệt|tổ|đường|khu|lô|nhà", re.IGNORECASE)
MESSAGE = (
    "Số, ký hiệu văn bản sai phép: «{}» không phải tên loại văn bản, cơ quan hay đơn vị soạn thảo. "
    "Đối chiếu với văn bản gốc."
)


def look(reading: Reading, gazetteer: Gazetteer) -> list[Found]:
    """Numbers of documents whose sign no office would write."""
    found = {}
    for pattern in (OF_THE_STATE, OF_THE_PARTY):
        for match in pattern.finditer(reading.text):
            end = _end(reading.text, match)
            wrong = _wrong_part(reading, match, end, gazetteer)
            if wrong:
                found[match.start()] = Found(
                    "document_number", match.start(), end, MESSAGE.format(wrong)
                )
    return list(found.values())


def _end(text: str, match: re.Match) -> int:
    """Where the number ends: a sign replaced by several words runs on over the blank."""
    end = match.start(2) + len(match[2].rstrip(".,'’"))
    last = re.split("[/–-]", match[2])[-1]
    if end == match.end() and not _is_code(last) and (more := GOES_ON.match(text, end)):
        joined = more[0]
        # Only up to the piece that closes the sign («…-NC»), if there is one.
        closing = re.search(r"[–-][A-ZĐ]\w{0,9}", joined)
        return end + (closing.end() if closing else len(joined.rstrip(".")))
    return end


def _wrong_part(reading: Reading, match: re.Match, end: int, gazetteer: Gazetteer) -> str:
    """The part of a sign that is neither a year, a kind, nor a code; empty when all is well."""
    sign = reading.text[match.start(2) : end].strip()
    if not sign or DATE.match(sign):
        return ""
    pieces = [part.strip(" .") for part in re.split(r"[/–-]", sign)]
    wrong = [part for part in pieces if part and not _is_good(part, gazetteer)]
    if not wrong or not _claims_to_be_one(reading, match, pieces, gazetteer):
        return ""
    return wrong[0]


def _claims_to_be_one(reading: Reading, match: re.Match, pieces, gazetteer: Gazetteer) -> bool:
    """It says «số …», a kind of document stands before it, or a part of it is a known code."""
    before = reading.flat[max(0, match.start() - 30) : match.start()]
    if any(part[:1].isupper() and len(part) > 1 and _is_known(part, gazetteer) for part in pieces):
        return True
    if match.re is OF_THE_PARTY:
        return bool(NAMED.search(before)) and any(part[:1].isupper() for part in pieces)
    named = NAMED.search(before)
    # «số 12/3 Lê Lợi», «số nhà 5/A»: an address; «quyết định số 12/…» is none.
    return bool(named) and (
        not named[0].startswith("so") or (pieces[0][:1].isalpha() and not ADDRESS.match(pieces[0]))
    )


def _is_good(part: str, gazetteer: Gazetteer) -> bool:
    if re.fullmatch(r"(19|20)\d\d", part):
        return True
    return _is_known(part, gazetteer) or (_is_code(part) and not _is_word(part, gazetteer))


def _is_known(part: str, gazetteer: Gazetteer) -> bool:
    code = part.upper()
    return (
        code in kinds()
        or code in gazetteer.codes
        or bool(re.fullmatch(r"(?:UBTV)?QH\d{1,2}", part))
    )


def _is_code(part: str) -> bool:
    """Built like an abbreviation: capitals, a small letter at most after one, digits of an office."""
    match = CODE.match(part)
    # Offices of the police and of courts count to fifteen («PC02»); brands like larger numbers.
    return bool(match) and (not match[1] or int(match[1]) <= 15)


def _is_word(code: str, gazetteer: Gazetteer) -> bool:
    """Capitals that can be spoken («LUXBET») are a word; abbreviations of bodies can not."""
    letters = code.rstrip("0123456789")
    if len(letters) < 5 or any(
        letters.startswith(known) for known in gazetteer.codes if len(known) > 1
    ):
        return False
    groups = re.findall(r"[AEIOUY]+", letters)
    return len(groups) >= 2 and sum(map(len, groups)) * 3 >= len(letters)


@lru_cache(maxsize=1)
def kinds() -> frozenset[str]:
    return frozenset(" ".join(lines("kinds.txt")).upper().split())
