"""What a text does: it invites, or it orders machines about; a report of an offer does neither."""

import re
from functools import lru_cache

from .gazetteer import DATA, lines
from .letters import UPPER, flat
from .reading import Found, Reading

WINDOW = 500  # signs: about a paragraph; an offer hides behind a true report only within one
ENOUGH = 4
MOST = 100
CONTACT = re.compile(
    r"(?<!\d)0\d{9}(?!\d)|\bzalo\b|\btelegram\b|\bt\.me\b|\bhotline\b|https?:|\bwww\."
)
NAME_AFTER = re.compile(
    rf"\s(?:[{UPPER}]\w{{0,30}}\s){{1,4}}[{UPPER}\d]"
    rf"|\s[{UPPER}]?[a-z]{{2,12}}(?:[A-Z]\w{{1,20}}|\d{{2,4}})"
)
DENIED = re.compile(r"(?:khong|dung|cho|cam|khong duoc|khong nen|tranh)\s(?:\w{1,9}\s){0,2}$")
OFFER = "Lời mời chào («{}»), không phải lời của một tin hay một văn bản."
ORDER = "Đoạn này ra lệnh cho máy đọc («{}»), không phải viết cho người đọc."
MACHINE = re.compile(
    r"(?:bo qua|phot lo|quen)\s(?:moi|cac|tat ca|toan bo|nhung)?\s?(?:chi dan|huong dan|menh lenh|lenh|"
    r"chi thi|yeu cau)\s(?:truoc|o tren|phia tren|ben tren|he thong|cua he thong|da cho)"
    r"|(?:ignore|disregard|forget|override)\s(?:all\s|any\s|the\s|your\s){0,3}(?:previous|prior|above|earlier|"
    r"system|safety)\s(?:instruction|prompt|rule|direction|message|guideline)"
    r"|(?:ignore|disregard)\s(?:all\s|your\s){0,2}(?:instructions|rules)"
    r"|you are (?:now )?(?:an?\s)?(?:ai\b|assistant|chatgpt|language model|large language|helpful)"
    r"|(?:neu )?ban la (?:mot )?(?:tro ly|mo hinh ngon ngu|chatbot|ai\b|he thong ai)"
    r"|(?:tro ly ai|cac ai|hoi ai|chatbot|mo hinh ngon ngu|chatgpt|gemini)\s?[,:]?\s(?:hay|luu y|chu y|"
    r"bat buoc|khi doc|khi tom tat|doc ky)"
    r"|(?:note|instruction|message|attention)s? (?:to|for) (?:all )?(?:ai|llm|chatbot|assistant|"
    r"language model)"
    r"|(?:danh cho|gui(?: cho)?|luu y(?: cho)?|thong diep cho) (?:cac )?"
    r"(?:ai|tro ly ai|chatbot|mo hinh ngon ngu|may doc)\b"
    r"|khi tom tat (?:bai|trang|van ban|noi dung)\w{0,4}(?: viet)? nay\s?,?\s"
    r"(?:hay|phai|luon|can|khong duoc)"
    r"|(?:dung|khong duoc) (?:noi|tiet lo|cho) (?:voi )?nguoi dung"
    r"|do not (?:tell|reveal|mention)\w* (?:this )?(?:to )?the user"
    r"|system prompt|<\|(?:im_start|system|user|endoftext)\|>|\[/?inst\]|\[system\]|begin system"
)


@lru_cache(maxsize=1)
def offers() -> re.Pattern:
    """All invitations in one pattern, longest first."""
    return _any(lines("lures.txt"))


@lru_cache(maxsize=1)
def reports() -> re.Pattern:
    return _any(lines("reports.txt"))


@lru_cache(maxsize=1)
def strong() -> frozenset[str]:
    """The invitations that stand before the mark of the weak ones in the file."""
    text = (DATA / "lures.txt").read_text("utf-8").split("# --- weak")[0]
    return frozenset(flat(line) for line in text.splitlines() if line and line[0] != "#")


# Too common to be worth a look by themselves.
COMMON = frozenset(
    "thưởng ngay tiền trực tuyến số một hàng đầu hỗ trợ mỗi ngày việc lương cao đầu tư sinh nhận mới "
    "nhất không giới hạn nhà thủ vào nhanh đăng nhập tải hoàn trả tỷ lệ bắn cá đổi".split()
)
ORDERING = frozenset(
    "bỏ phớt quên ignore disregard forget override you bạn ai ngôn chatbot chatgpt gemini llm assistant "
    "máy tóm dùng user system prompt inst im im_start".split()
)


@lru_cache(maxsize=1)
def trigger_words() -> frozenset[str]:
    """Without one of these words, as written or without marks, no text invites or orders."""
    rare = {
        next((word for word in line.split() if word not in COMMON), "hotline")
        for line in lines("lures.txt") if flat(line) in strong()
    }  # fmt: skip
    written = rare | ORDERING | {"hotline", "inbox", "click", "khuyến", "ưu"}
    return frozenset(written) | frozenset(map(flat, written)) - {"dung", "may", "quen"}


def _any(phrases: list[str]) -> re.Pattern:
    longest_first = sorted(map(flat, phrases), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


def look(reading: Reading) -> list[Found]:
    """Invitations without the words of a report around them, and orders to machines."""
    return [*_orders(reading), *_offers(reading)]


def _orders(reading: Reading) -> list[Found]:
    return [
        Found("machine_order", found.start(), found.end(),
              ORDER.format(reading.text[found.start() : found.end()]))
        for found in MACHINE.finditer(reading.flat)
        if not _means_who(reading.text[found.start() : found.end()])
    ]  # fmt: skip


def _means_who(text: str) -> bool:
    """«dành cho ai»: a small «ai» is «who», not a machine."""
    return bool(re.search(r"(?<!\w)ai(?!\w)", text)) and "tr" not in text.lower()


def _offers(reading: Reading) -> list[Found]:
    text = reading.flat
    made = [
        found for found in offers().finditer(text)
        if not DENIED.search(text, max(0, found.start() - 40), found.start())
    ]  # fmt: skip
    return [
        Found("promotion", found.start(), found.end(),
              OFFER.format(reading.text[found.start() : found.end()]))
        for found in made[:MOST]
        if _invites(text, found, made) or _shows_the_way(reading.text, found)
    ]  # fmt: skip


def _shows_the_way(text: str, found: re.Match) -> bool:
    """«link vào X»: the way in to a name. Reports speak of such links without names."""
    return found[0].startswith("link") and bool(NAME_AFTER.match(text, found.end()))


def _invites(text: str, found: re.Match, made: list[re.Match]) -> bool:
    """Around this invitation there are enough of them, and nobody who reports them."""
    start, end = max(0, found.start() - WINDOW // 2), found.end() + WINDOW // 2
    near = {other[0] for other in made if start <= other.start() < end}
    weight = sum(2 if offer in strong() else 1 for offer in near)
    weight += len(set(CONTACT.findall(text, start, end)))
    told = len(set(reports().findall(text, start, end)))
    if weight <= 3 * told:
        return False
    return weight >= (ENOUGH if near & strong() else ENOUGH + 2)
