"""One policy for every link: it is seen, it says where it goes, and where it goes is known."""

import html as entities
import re
from urllib.parse import urlsplit

import nh3

from .gazetteer import Gazetteer
from .letters import LOOK_ALIKE
from .reading import Found

ENDINGS = (
    "vn|com|net|org|info|biz|vip|club|top|xyz|bet|win|site|online|live|cc|app|link|pro|tv|asia|shop|store|"
    "casino|fun|icu|work|io|mobi|website|space|tech|cloud|game|games|poker|lol|one|ltd|group|ru|cn"
)
TAIL = r"[^\s<>\"'«»“”)\]]{0,400}"
LINK = re.compile(
    rf"(?:https?|hxxps?|ftp)://{TAIL}|(?<![\w@.])www\.{TAIL}"
    rf"|(?<![\w@./-])(?:[^\W_][\w-]{{0,62}}\.){{1,5}}(?:{ENDINGS}|{ENDINGS.upper()})(?![\w-])(?:[/:?#]{TAIL})?"
)
# «abc[.]com», «abc chấm com»: written so that people can follow it and machines cannot.
DISGUISED = re.compile(
    r"(?<![\w-])[\w-]{2,63}\s?(?:\[\.\]|\(\.\)|\{\.\}|[(\[]dot[)\]]|\s(?:chấm|cham|dot)\s)\s?"
    r"(?:com|net|vn|org|info|top|vip|club|xyz|bet|app)(?![\w-])",
    re.IGNORECASE,
)
TAG = re.compile(r"<[a-zA-Z][^<>]{0,3000}+>")
TARGET = re.compile(
    r"""\b(?:href|src|action|data|formaction|content|url)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""",
    re.IGNORECASE,
)
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d]*[1-9])|"
    r"text-indent\s*:\s*-\s?\d{3,}|(?:left|top|right)\s*:\s*-\s?\d{3,}|(?:width|height)\s*:\s*[01]px|"
    r"clip\s*:\s*rect\(0|\shidden(?=[\s>=/])|color\s*:\s*(?:transparent|white|#fff(?:fff)?\b)",
    re.IGNORECASE,
)
SHORTENERS = frozenset(
    "bit.ly tinyurl.com t.co goo.gl is.gd ow.ly buff.ly cutt.ly rebrand.ly s.id shorturl.at rb.gy t.ly "
    "tiny.cc shorten.asia by.com.vn lnkd.in linktr.ee me2.do zpr.io v.gd".split()
)
TAGS = set(
    "p br h2 h3 h4 ul ol li strong em b i u s sub sup blockquote a table thead tbody tr th td".split()
)
CELL = {"colspan", "rowspan"}
LEADS_OUT = re.compile(r"(?:https?:)?//", re.IGNORECASE)
LONGEST_HIDDEN = 1500


def look(text: str, gazetteer: Gazetteer) -> list[Found]:
    """Links in readable text (unfolded) that lead somewhere unknown or hide where they lead."""
    found = []
    for match in LINK.finditer(text):
        link = match[0].rstrip(".,;:!?…")
        if problem := problem_of(link, gazetteer):
            found.append(Found(problem[0], match.start(), match.start() + len(link), problem[1]))
    found += [
        Found(
            "disguised_link", match.start(), match.end(), f"Địa chỉ viết né bộ lọc: «{match[0]}»."
        )
        for match in DISGUISED.finditer(text)
    ]
    return found


def look_at_tags(text: str, gazetteer: Gazetteer) -> list[Found]:
    """Links inside HTML tags (original text): hidden ones, unknown ones, scripts."""
    found = []
    for tag in TAG.finditer(text):
        is_hidden = bool(HIDING.search(tag[0]))
        if is_hidden and _leads_away(text, tag):
            found.append(Found("hidden_link", tag.start(), tag.end(),
                               "Đường dẫn bị giấu khỏi mắt người đọc."))  # fmt: skip
        elif is_hidden:
            found.append(Found("hidden_text", tag.start(), tag.end(),
                               "Phần chữ ở đây bị giấu khỏi mắt người đọc."))  # fmt: skip
        found += _targets(tag, gazetteer)
    return found


def _leads_away(text: str, tag: re.Match) -> bool:
    """The hidden tag is a link itself or holds one a little further on."""
    if re.match(r"<(?:a|iframe|area)\b", tag[0], re.IGNORECASE):
        return True
    inside = text[tag.end() : tag.end() + LONGEST_HIDDEN].lower()
    closing = inside.find("</" + re.match(r"<([a-z0-9]+)", tag[0].lower())[1])
    return "href" in inside[: closing if closing >= 0 else None]


def _targets(tag: re.Match, gazetteer: Gazetteer) -> list[Found]:
    found = []
    for match in TARGET.finditer(tag[0]):
        target = entities.unescape(
            next(part for part in match.groups() if part is not None)
        ).strip()
        scheme = re.match(r"[\x00-\x20]*(javascript|data|vbscript|file)\s*:", target, re.IGNORECASE)
        start, end = tag.start() + match.start(), tag.start() + match.end()
        if scheme and not target.lower().startswith("data:image/"):
            found.append(
                Found("script_link", start, end, "Đường dẫn này chạy mã, không mở một trang.")
            )
        elif LEADS_OUT.match(target) and (problem := problem_of(target, gazetteer)):
            found.append(Found(problem[0], start, end, problem[1]))
    return found


def problem_of(link: str, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Why a link is held, as (code, sentence); None when it may stand."""
    host = host_of(link)
    if not host:
        return "link", f"Không đọc được đường dẫn này dẫn tới đâu: «{link[:80]}»."
    if "@" in link.split("//", 1)[-1].split("/", 1)[0]:
        return "disguised_link", f"Đường dẫn giả dạng: thật ra dẫn tới «{host}»."
    if host.removeprefix("www.") in SHORTENERS:
        return (
            "shortener",
            f"Đường dẫn rút gọn «{host}» không nói dẫn tới đâu. Dùng địa chỉ đầy đủ.",
        )
    if not is_known(host, gazetteer):
        return "unknown_host", f"Đường dẫn tới nơi chưa có trong danh sách được phép: «{host}»."
    return None


def host_of(link: str) -> str:
    """The host a browser would go to, lower case; empty when there is none."""
    plain = link.strip().replace("\\", "/").replace("hxxp", "http", 1)
    if plain.startswith("//"):
        plain = "https:" + plain
    try:
        parts = urlsplit(plain if "://" in plain else "https://" + plain)
        return (parts.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def is_known(host: str, gazetteer: Gazetteer) -> bool:
    """The State's own (.gov.vn), listed, or below a listed one. Nothing look-alike, no bare address."""
    if (
        not host.isascii()
        or host.startswith("xn--")
        or ".xn--" in host
        or set(host) & set(LOOK_ALIKE)
    ):
        return False
    if host.endswith(".gov.vn") or host in gazetteer.hosts:
        return True
    return any(host.endswith("." + known) for known in gazetteer.hosts)


def clean_html(html: str, gazetteer: Gazetteer | None = None) -> str:
    """Harmless tags only; with a gazetteer, links to unknown hosts lose their target."""

    def keep(tag: str, attribute: str, value: str) -> str | None:
        unknown = gazetteer is not None and LEADS_OUT.match(value) and problem_of(value, gazetteer)
        return None if unknown else value

    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}, "td": CELL, "th": CELL},
        url_schemes={"https", "http", "mailto", "tel"}, link_rel="noopener", attribute_filter=keep,
    )  # fmt: skip
