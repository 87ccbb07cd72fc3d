"""Sounds and films: known by their bytes, read to the last one, without what tells where and by whom.

Nothing is decoded: each container is walked from its first byte to its last, so that a file that is
something else besides has no place to be it in, and what is not sound, picture or index is blanked.
"""

from dataclasses import dataclass
from typing import BinaryIO

from .containers import boxes, ebml, frames, ogg, waves
from .containers.found import Found
from .files import Refused
from .pictures import RIDERS

MB = 1024 * 1024
LARGEST = {"sound": 20 * MB, "video": 24 * MB}
TAKEN = "Nhận âm thanh MP3, M4A, Ogg (Opus, Vorbis), WAV và phim MP4, WebM."
TOO_LARGE = {
    "sound": "Tệp âm thanh lớn hơn 20 MB. Cắt ngắn, hoặc xuất MP3 ở 64 kbit/s rồi gửi lại.",
    "video": "Phim lớn hơn 24 MB. Cắt ngắn, hoặc xuất MP4 cỡ 480p rồi gửi lại.",
}
EMPTY = "Tệp rỗng (0 byte). Chọn lại tệp."
RIDDEN = "Trong tệp có giấu mã trang web. Mở bằng phần mềm âm thanh, phim, xuất lại rồi gửi."
WALKERS = (frames, boxes, ogg, waves, ebml)


@dataclass(frozen=True)
class Recording:
    """What may be kept: the cleaned bytes and what they are."""

    body: bytes
    kind: str  # sound or video
    content_type: str
    ending: str
    width: int = 0
    height: int = 0


def cleaned(file: BinaryIO) -> Recording:
    """The recording without its riders and labels. Raises Refused with a sentence on what to do."""
    file.seek(0)
    content = file.read(max(LARGEST.values()) + 1)
    if not content:
        raise Refused(EMPTY)
    if len(content) > max(LARGEST.values()):
        raise Refused(TOO_LARGE["video"])
    found = _walked(content)
    kind = found.content_type.partition("/")[0].replace("audio", "sound")
    if len(content) > LARGEST[kind]:
        raise Refused(TOO_LARGE[kind])
    low = found.body.lower()
    if any(rider in low for rider in RIDERS):
        raise Refused(RIDDEN)
    return Recording(
        found.body, kind, found.content_type, found.ending, width=found.width, height=found.height
    )


def _walked(content: bytes) -> Found:
    for walker in WALKERS:
        if walker.is_one(content):
            return walker.walk(content)
    raise Refused(f"Tệp này không phải âm thanh hay phim mà trang nhận được. {TAKEN}")
