"""One policy for every link: where it goes must be seen and known."""

import re

from .gazetteer import Gazetteer

LINK = re.compile(
    r"(?:https?://|(?<![\w@.])www\.)[^\s<>\"'«»)]{1,400}"
    r"|(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|info|vip|club|top|xyz|bet|win|site|"
    r"online|live|cc|me|app|link|pro)(?:\.vn)?\b(?:/[^\s<>\"'«»)]{0,300})?",
    re.IGNORECASE,
)
HOST = re.compile(r"^(?:https?://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
HIDDEN = re.compile(
    r"<a\b[^>]{0,300}(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0|"
    r"left\s*:\s*-\d{3,})[^>]{0,300}>",
    re.IGNORECASE,
)
TRUSTED = (".gov.vn", ".edu.vn", ".org.vn")


def look(text: str, gazetteer: Gazetteer) -> list[tuple[str, int, int, str]]:
    """Links that are hidden or lead to a host nobody has listed."""
    found = [
        ("hidden_link", match.start(), match.end(), "Đường dẫn bị giấu khỏi mắt người đọc.")
        for match in HIDDEN.finditer(text)
    ]
    for match in LINK.finditer(text):
        host = host_of(match[0])
        if not is_known(host, gazetteer):
            found.append(
                (
                    "link",
                    match.start(),
                    match.end(),
                    f"Đường dẫn tới nơi chưa có trong danh sách được phép: «{host}».",
                )
            )
    return found


def host_of(link: str) -> str:
    """The host of a link, lower case."""
    found = HOST.match(link)
    return found[1].lower().removeprefix("www.") if found else ""


def is_known(host: str, gazetteer: Gazetteer) -> bool:
    """Listed, below a listed one, or of the State's own names."""
    if host.endswith(TRUSTED) or host in gazetteer.hosts:
        return True
    return any(host.endswith("." + known) for known in gazetteer.hosts)
