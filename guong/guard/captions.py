"""Captions of a film: WebVTT or SubRip as people save them, written anew as plain WebVTT."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from guong.core.vietnamese import nfc

from .files import Refused

LARGEST = 400_000  # signs: twenty hours of talk
MOMENT = r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)[.,](\d{3})"
TIMING = re.compile(rf"\s*{MOMENT}\s+-->\s+{MOMENT}(?:\s.*)?")
TAG = re.compile(r"<[^>]*>")
NO_CUES = (
    "Tệp phụ đề không có câu nào. Cần dạng WebVTT (.vtt) hoặc SRT: một dòng giờ «00:00:01.000 --> "
    "00:00:04.000», dưới là lời."
)
NOT_TEXT = (
    "Tệp phụ đề không phải chữ Unicode (UTF-8). Mở bằng phần mềm soạn chữ, lưu UTF-8 rồi gửi."
)
TOO_LONG = "Phụ đề dài quá 400.000 chữ cái. Chia phim thành nhiều phần."


@dataclass(frozen=True)
class Cue:
    """What is said from one millisecond to another."""

    start: int
    end: int
    text: str


def read(content: bytes) -> list[Cue]:
    """The cues in their order; whatever else stood in the file is left out.

    Raises Refused, naming the line.
    """
    try:
        text = nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError as trouble:
        raise Refused(NOT_TEXT) from trouble
    if len(text) > LARGEST:
        raise Refused(TOO_LONG)
    cues = list(_cues(text.replace("\0", "").splitlines()))
    if not cues:
        raise Refused(NO_CUES)
    return cues


def written(cues: list[Cue]) -> str:
    """WebVTT of the cues: the same cues, the same text."""
    blocks = (
        f"{_shown(cue.start)} --> {_shown(cue.end)}\n{html.escape(cue.text, quote=False)}\n"
        for cue in cues
    )
    return "WEBVTT\n\n" + "\n".join(blocks)


def spoken(cues: list[Cue]) -> str:
    """The words alone, a line for each cue."""
    return "\n".join(cue.text.replace("\n", " ") for cue in cues)


def _cues(lines: list[str]) -> Iterator[Cue]:
    last, number = 0, 0
    while number < len(lines):
        number += 1
        if "-->" not in lines[number - 1]:
            continue
        timing = TIMING.fullmatch(lines[number - 1])
        if timing is None:
            raise Refused(f"Phụ đề, dòng {number}: giờ viết như 00:00:01.000 --> 00:00:04.000.")
        start, end = _moment(timing.groups()[:4]), _moment(timing.groups()[4:])
        if not last <= start < end:
            raise Refused(f"Phụ đề, dòng {number}: câu phải bắt đầu trước khi hết, theo thứ tự.")
        said = []
        while number < len(lines) and lines[number].strip():
            said.append(html.unescape(TAG.sub("", lines[number])).strip())
            number += 1
        words = "\n".join(line for line in said if line)
        if words:
            last = start
            yield Cue(start, end, words)


def _moment(parts: tuple) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _shown(moment: int) -> str:
    seconds, thousandths = divmod(moment, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
