"""MP3: frame after frame; every label before and behind them (ID3, APE) is left out."""

from .found import Found, broken

NAME = "MP3"
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
BITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
LAYER_3 = 1
FEWEST = 10  # frames: a quarter of a second; four bytes that look like one are soon found
LABELS_BEHIND = (b"TAG", b"APETAGEX", b"LYRICSBEGIN")


def is_one(content: bytes) -> bool:
    return content.startswith(b"ID3") or bool(_length(content, 0))


def walk(content: bytes) -> Found:
    """The frames and nothing else. Raises Refused."""
    start = _behind_labels(content)
    at, number = start, 0
    while length := _length(content, at):
        at, number = at + length, number + 1
    at = min(at, len(content))  # the last frame of a recording that was stopped
    rest = content[at:]
    if number < FEWEST or (rest.strip(b"\0") and not rest.startswith(LABELS_BEHIND)):
        raise broken(NAME)
    return Found(content[start:at], "audio/mpeg", ".mp3")


def _behind_labels(content: bytes) -> int:
    at = 0
    while content.startswith(b"ID3", at) and len(content) >= at + 10:
        size = 0
        for byte in content[at + 6 : at + 10]:
            size = size << 7 | byte & 0x7F
        at += 10 + size + (10 if content[at + 5] & 0x10 else 0)
    while content.startswith(b"\0", at):  # room some programs leave
        at += 1
    return at


def _length(content: bytes, at: int) -> int:
    """How many bytes the frame at this place takes; 0 if there is none."""
    head = content[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != LAYER_3 or bits in (0, 15) or rate == 3:
        return 0
    is_first = version == 3
    per_frame = 144_000 if is_first else 72_000
    return per_frame * BITS[is_first][bits] // RATES[version][rate] + (head[2] >> 1 & 1)
