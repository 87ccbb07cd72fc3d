"""The grammar of official text: numbers of papers, agency and province slots, fixed pairs, one
foreign term standing in several slots. A find-and-replace is blind to all of them."""

import re
from collections import defaultdict
from itertools import pairwise

from guong.core.vietnamese import fold

from .gazetteer import Gazetteer
from .syllables import is_marked, is_syllable

Found = tuple[str, int, int, str]

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
# «số 2055/…-NC», «Kế hoạch số 1043/KH-…»: everything up to the end of the sign.
NUMBER = re.compile(
    rf"(?<![\d/])(\d{{1,5}})\s?/\s?((?:[{UPPER}][\w.]*(?:\s[{UPPER}]\w*){{0,3}}|\d{{4}})"
    rf"(?:\s?[-/–]\s?(?:\d{{1,4}}|[{UPPER}]\w*(?:\s[{UPPER}]\w*){{0,3}})){{0,4}})"
)
DATE_LIKE = re.compile(r"^\d{1,4}(?:[-/–]\d{1,4})*$")
PROVINCE_SLOT = re.compile(
    rf"(?<!\w)(?:[Tt]ỉnh|[Bb]áo|[Đđ]ài Phát thanh\s?(?:[-–]|và)\s?[Tt]ruyền hình|[Tt]hành phố)\s"
    rf"((?:[{UPPER}][\w'’]*)(?:\s(?:-\s)?[{UPPER}][\w'’]*){{0,3}}|[{UPPER}]\w*\s\w+)"
)
PROVINCE_WORDS = frozenset(
    fold(word)
    for word in (
        "Đoàn",
        "Đội",
        "Ủy",
        "Uỷ",
        "Hội",
        "Nhân dân",
        "Nhân Dân",
        "Lao động",
        "Lao Động",
        "Tiền Phong",
        "Thanh Niên",
        "Thanh niên",
        "Tuổi Trẻ",
        "Tuổi trẻ",
        "Quân đội",
        "Công an",
        "Điện tử",
        "Chính phủ",
        "Mẫu",
        "Phụ nữ",
        "Nông nghiệp",
        "Pháp luật",
        "Dân tộc",
        "Giáo dục",
        "Việt Nam",
        "Pleiku",
        "Quy Nhơn",
        "Thủ Đức",
        "Biên Hòa",
        "Đà Lạt",
        "Vinh",
        "Nha Trang",
        "Bảo vệ",
        "Người",
    )
)
WHO_ISSUED = "Chỗ này phải là tên một cơ quan («UBND tỉnh…»), nhưng lại là «{}»."


def look(text: str, gazetteer: Gazetteer) -> list[Found]:
    """Everything of this kind that is wrong with the text."""
    return [
        *_numbers(text, gazetteer),
        *_provinces(text, gazetteer),
        *_pairs(text, gazetteer),
        *_foreign_terms(text),
    ]


def _numbers(text: str, gazetteer: Gazetteer) -> list[Found]:
    found = []
    for match in NUMBER.finditer(text):
        sign = match[2].strip()
        if DATE_LIKE.match(sign) or not _claims_to_be_a_number(text, match):
            continue
        wrong = _unknown_part(sign, gazetteer)
        if wrong:
            found.append(
                (
                    "document_number",
                    match.start(),
                    match.end(),
                    f"Số, ký hiệu văn bản không đúng phép: «{wrong}» không phải tên loại hay cơ quan.",
                )
            )
    return found


def _claims_to_be_a_number(text: str, match) -> bool:
    before = text[max(0, match.start() - 24) : match.start()].lower()
    named = re.search(
        r"(số|văn bản|chỉ thị|nghị quyết|quyết định|kế hoạch|luật|nghị định)[:\s]*$", before
    )
    return bool(named) or "-" in match[2] or "–" in match[2]


def _unknown_part(sign: str, gazetteer: Gazetteer) -> str:
    """The first part of a sign that is neither a year, a kind of paper nor a known body."""
    for part in re.split(r"\s?[-/–]\s?", sign):
        if not part or re.fullmatch(r"\d{1,4}", part):
            continue
        code = part.upper()
        if code in gazetteer.agency_codes or code in gazetteer.document_kinds:
            continue
        # An abbreviation we do not know is a body we do not know; words are a body replaced.
        if " " in part or (not part.isupper() and re.search(r"[a-zà-ỹ]{3}", part)):
            return part
        if part.isupper() and len(part) > 10:
            return part
    return ""


def _provinces(text: str, gazetteer: Gazetteer) -> list[Found]:
    found = []
    for match in PROVINCE_SLOT.finditer(text):
        name = fold(match[1])
        if _is_known_place(name, gazetteer) or any(
            name == word or name.startswith(word + " ") for word in PROVINCE_WORDS
        ):
            continue
        kind = match[0][: match.start(1) - match.start()].strip()
        found.append(
            (
                "province",
                match.start(1),
                match.end(1),
                f"Sau «{kind}» phải là tên tỉnh hay tên báo có thật, nhưng lại là «{match[1]}».",
            )
        )
    return found


def _is_known_place(name: str, gazetteer: Gazetteer) -> bool:
    words = name.split()
    # The slot may have caught a word too many: «tỉnh Gia Lai Nguyễn …» begins with a known name.
    for length in range(len(words), 0, -1):
        if " ".join(words[:length]) in gazetteer.provinces:
            return True
        if " ".join(words[:length]) in gazetteer.communes:
            return True
    return False


def _pairs(text: str, gazetteer: Gazetteer) -> list[Found]:
    found, lower = [], text.lower()
    for whole, second in gazetteer.pairs:
        first = whole.split()[0]
        start = lower.find(second)
        while start >= 0:
            before = lower[max(0, start - 20) : start].rstrip()
            alone = start == 0 or not lower[start - 1].isalnum()
            if alone and not before.endswith(first):
                found.append(
                    (
                        "broken_pair",
                        start,
                        start + len(second),
                        f"«{second}» đứng mà thiếu «{first}» ở trước: có chữ bị thay.",
                    )
                )
            start = lower.find(second, start + 1)
    return found


def _foreign_terms(text: str) -> list[Found]:
    """One term of two or more words that are not Vietnamese, standing in different slots."""
    places = defaultdict(list)
    words = list(WORD.finditer(text))
    for one, two in pairwise(words):
        if text[one.end() : two.start()] == " " and _is_foreign(one[0]) and _is_foreign(two[0]):
            places[f"{one[0]} {two[0]}".lower()].append((one.start(), two.end()))
    found = []
    for spans in places.values():
        slots = {slot for start, end in spans if (slot := _slot(text, start, end))}
        if len(slots) >= 2 or "agency" in slots:
            found += [
                ("foreign_term", start, end, WHO_ISSUED.format(text[start:end]))
                if _slot(text, start, end) == "agency"
                else (
                    "foreign_term",
                    start,
                    end,
                    f"«{text[start:end]}» đứng thay chỗ của nhiều loại chữ khác nhau.",
                )
                for start, end in spans
            ]
    return found


def _is_foreign(word: str) -> bool:
    return (
        len(word) >= 4
        and word[0].isupper()
        and not word.isupper()
        and not is_marked(word)
        and not is_syllable(word.lower())
    )


def _slot(text: str, start: int, end: int) -> str:
    """What kind of word should stand here, by its neighbours."""
    after = text[end : end + 24].lstrip().lower()
    before = fold(text[max(0, start - 24) : start])
    if re.match(r"(tỉnh|xã|phường|huyện|thành phố)\b", after):
        return "agency"
    if text[end : end + 1] in "-–/" or text[start - 1 : start] in "-–/":
        return "number"
    if re.search(r"(cua|ve|va|boi|do|den)\s*$", before):
        return "noun"
    if re.search(r"(trach nhiem va|da|se|phai|can)\s*$", before):
        return "verb"
    return ""
