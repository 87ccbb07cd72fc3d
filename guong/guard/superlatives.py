"""Big words without a number: advice while somebody writes, never a reason to hold a text.

The scheme forbids puffing up what was done. A superlative may well be true; then a figure, or whoever
ranked it, belongs into the same sentence. Words that only look like one («thống nhất», «ít nhất») and
official names («Tập thể lao động xuất sắc») are left alone.
"""

import re

from guong.core.vietnamese import nfc

from .scorer import Reason

CODE = "superlative"
# Longer phrases first: «duy nhất» is one word of praise, not an adjective before «nhất».
BIG = (
    "chưa từng có",
    "không ai bằng",
    "độc nhất vô nhị",
    "số một",
    "hàng đầu",
    "dẫn đầu",
    "đầu tiên",
    "duy nhất",
    "vượt trội",
    "xuất sắc",
    "xuất chúng",
    "tuyệt vời",
    "tuyệt đối",
    "kỳ diệu",
    "vô cùng",
    "nhất",
)
# Before «nhất» these make another word of it; so do those that follow.
BEFORE = "thống|hợp|đồng|ít|thứ|giải|hạng|bậc|huy chương|huân chương|duy|độc|quán|đệ"
AFTER = "trí|định|là|quán|thiết|loạt|thời|vô"
# Names of titles and ratings, as the law writes them: not the writer's praise.
NAMES = r"lao động xuất sắc|hoàn thành xuất sắc|huân chương [\w ]{0,30}nhất"

_WORDS = re.compile(
    rf"(?<!\w)(?P<name>{NAMES})(?!\w)|"
    rf"(?<!\w)(?P<big>{'|'.join(BIG)})(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?<!\w)(?:{BEFORE})\s+$", re.IGNORECASE)
_AFTER = re.compile(rf"\s+(?:{AFTER})(?!\w)", re.IGNORECASE)
_SENTENCE = re.compile(r".+?(?:[.!?…;]+(?=\s|$)|\n|$)", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w/.,-])\d[\d.,]*(?:\s*%)?(?![\w/-])")
_YEAR = re.compile(r"(?:19|20)\d\d")


def superlatives(text: str, *, has_figure: bool = False) -> list[Reason]:
    """Each big word in a sentence without a figure, with its place in the composed (NFC) text.

    `has_figure`: the figure stands beside the text, in fields of its own; then nothing is said.
    A bare year is not a figure.
    """
    if has_figure:
        return []
    text = nfc(text)
    return [
        reason
        for sentence in _SENTENCE.finditer(text)
        if not _says_how_much(sentence[0])
        for reason in _in_sentence(sentence[0], sentence.start())
    ]


def _says_how_much(sentence: str) -> bool:
    numbers = (match[0].strip(".,% ") for match in _NUMBER.finditer(sentence))
    return any(not _YEAR.fullmatch(number) for number in numbers)


def _in_sentence(sentence: str, start: int):
    for match in _WORDS.finditer(sentence):
        word = match["big"]
        if word is None or (word.lower() == "nhất" and _is_another_word(sentence, match)):
            continue
        yield Reason(
            CODE,
            start + match.start(),
            start + match.end(),
            word,
            f"«{word}» chưa có con số trong câu. Nêu con số, hoặc nói rõ so với đâu, ai xếp hạng.",
        )


def _is_another_word(sentence: str, match: re.Match) -> bool:
    return bool(_BEFORE.search(sentence[: match.start()]) or _AFTER.match(sentence, match.end()))
