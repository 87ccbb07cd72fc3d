"""How a text is written: hidden signs, spelled-out words, broken syllables, glued words, orders to
machines, promotion instead of report."""

import re

from guong.core.vietnamese import fold

from .syllables import is_marked, is_syllable
from .unfolding import SPELLED, Unfolded

Found = tuple[str, int, int, str]

WORD = re.compile(r"[^\W\d_]+")
TAY_NGUYEN = set("ƀčĕŏŭñ") | {"\u0306"}
SENTENCE = re.compile(r"[^.!?\n]+")
LONGEST = 7  # letters of the longest written syllable: «nghiêng»
GLUED = re.compile(r"[^\W\d_]{22,}")
MACHINE = re.compile(
    r"(bo qua (?:moi |cac |tat ca )?(?:chi dan|huong dan|lenh)|ignore (?:all |any )?(?:previous|prior)|"
    r"system prompt|you are an? (?:ai|assistant)|tro ly ai (?:hay|can|phai)|neu ban la (?:mot )?"
    r"(?:ai|mo hinh ngon ngu|tro ly))"
)
INVITES = (
    "dang ky ngay",
    "nhan thuong",
    "khuyen mai",
    "nap tien",
    "rut tien",
    "tai khoan moi",
    "link moi nhat",
    "link vao",
    "uy tin so 1",
    "ca cuoc",
    "dat cuoc",
    "hoan tra",
    "truy cap ngay",
    "click",
    "tang ngay",
    "trang chu chinh thuc",
    "website chinh thuc",
)
REPORTS = (
    "cong an",
    "khoi to",
    "bi can",
    "triet pha",
    "toa an",
    "bat giu",
    "canh bao",
    "xet xu",
    "tuyen an",
    "bo cong an",
    "dieu tra",
    "xu phat",
    "ngan chan",
    "khuyen cao",
)


def look(unfolded: Unfolded, title: str = "") -> list[Found]:
    """Everything of this kind that is wrong with the text."""
    text = unfolded.text
    return [
        *_hidden(unfolded),
        *_spelled_out(text),
        *_broken_syllables(text),
        *_glued(text, title),
        *_to_machines(text),
        *_promotion(text),
    ]


def _hidden(unfolded: Unfolded) -> list[Found]:
    found, text = [], unfolded.text
    words = {
        "unseen": "ký tự không thấy được",
        "look_alike": "chữ giả của bộ chữ khác",
        "entity": "chữ viết bằng mã",
    }
    for kind, start, _end in unfolded.hidden:
        here = next((i for i, place in enumerate(unfolded.at) if place >= start), len(text))
        first, last = _word_around(text, min(here, max(len(text) - 1, 0)))
        if first < last and (kind != "unseen" or _inside_word(text, here)):
            found.append((f"hidden_{kind}", first, last, f"Trong chữ này có {words[kind]}."))
    return found[:50]


def _inside_word(text: str, here: int) -> bool:
    return 0 < here < len(text) and text[here - 1].isalnum() and text[here].isalnum()


def _word_around(text: str, here: int) -> tuple[int, int]:
    first = last = here
    while first > 0 and text[first - 1].isalnum():
        first -= 1
    while last < len(text) and text[last].isalnum():
        last += 1
    return first, last


def _spelled_out(text: str) -> list[Found]:
    return [
        (
            "spelled_out",
            match.start(),
            match.end(),
            "Chữ bị tách rời từng chữ cái để lách kiểm tra.",
        )
        for match in SPELLED.finditer(text)
        if sum(sign.isalpha() for sign in match[0]) >= 4 and not match[0].replace(".", "").isupper()
    ]


def _broken_syllables(text: str) -> list[Found]:
    """Marked words that no Vietnamese syllable can be, dense within one sentence."""
    found = []
    for sentence in SENTENCE.finditer(text):
        words = [match for match in WORD.finditer(sentence[0]) if len(match[0]) > 1]
        broken = [match for match in words if _is_broken(match[0])]
        if len(broken) >= 2 and len(broken) * 8 >= len(words):
            found += [
                (
                    "broken_syllable",
                    sentence.start() + match.start(),
                    sentence.start() + match.end(),
                    f"«{match[0]}» không phải âm tiết tiếng Việt; cả câu có nhiều chữ như vậy.",
                )
                for match in broken
            ]
    return found[:50]


def _is_broken(word: str) -> bool:
    lower = word.lower()
    if word[0].isupper() or not is_marked(word) or set(lower) & TAY_NGUYEN:
        return False  # names, Jrai, Bahnar and Êđê words follow their own rules
    return len(lower) <= LONGEST and not is_syllable(lower)


def _glued(text: str, title: str) -> list[Found]:
    squeezed = fold(title).replace(" ", "")
    found = []
    for match in GLUED.finditer(text):
        plain = fold(match[0])
        if (
            (len(squeezed) > 20 and plain[2:20] in squeezed)
            or not plain.isascii()
            or len(plain) > 24
        ):
            found.append(("glued", match.start(), match.end(), "Nhiều chữ bị dính liền thành một."))
    return found


def _to_machines(text: str) -> list[Found]:
    folded = fold(text)
    found = MACHINE.search(folded)
    if not found:
        return []
    start, end = _same_place(text, folded, found)
    return [("machine_order", start, end, "Đoạn này ra lệnh cho máy, không phải cho người đọc.")]


def _same_place(text: str, folded: str, found) -> tuple[int, int]:
    """Folding keeps one sign for one sign in composed text without double blanks."""
    if len(folded) == len(text):
        return found.start(), found.end()
    return 0, len(text)


def _promotion(text: str) -> list[Found]:
    """Invitations without the words of a report around them: an act, not a topic."""
    folded = fold(text)
    invited = [word for word in INVITES if word in folded]
    if len(invited) < 2 or any(word in folded for word in REPORTS):
        return []
    start = folded.find(invited[0])
    if len(folded) != len(text):
        start = 0
    end = min(start + len(invited[0]), len(text))
    return [
        (
            "promotion",
            start,
            max(end, start + 1) if text else 0,
            "Lời mời chào, quảng bá; không phải tin về người tốt việc tốt.",
        )
    ]
