"""Who the sentinel comes as: hijackers show one page to search engines, another to people."""

from collections.abc import Iterator
from dataclasses import dataclass, field

AGENTS = {
    "điện thoại": "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36",
    "máy bàn": "Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/109.0.0.0 Safari/537.36",
    "Googlebot": "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; "
    "+http://www.google.com/bot.html)",
    "mạng xã hội": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Zalo": "Mozilla/5.0 (Linux; Android 13; K; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 Zalo android/24072000",
}
REFERRERS = {
    "tự vào": "",
    "từ Google": "https://www.google.com.vn/",
    "từ Facebook": "https://l.facebook.com/",
}
ENCODINGS = ("identity", "gzip", "br")


@dataclass(frozen=True)
class Visit:
    """One way of asking for a page."""

    who: str  # as a person reads it in the report
    encoding: str
    is_second: bool = False  # right after the first of the same visitor, with its cookie
    headers: dict = field(default_factory=dict)


def thorough() -> Iterator[Visit]:
    """Every agent by every referrer, twice; each agent and each referrer in every encoding."""
    for turn, (agent, referrer) in enumerate(_pairs()):
        for second in (False, True):
            yield _visit(agent, referrer, ENCODINGS[(turn + second + turn // 3) % 3], second)


def passing(turn: int) -> Iterator[Visit]:
    """One visitor, another each turn, in every encoding: for pages there is no time to go round."""
    pairs = list(_pairs())
    agent, referrer = pairs[turn % len(pairs)]
    for encoding in ENCODINGS:
        yield _visit(agent, referrer, encoding, False)


def _pairs() -> Iterator[tuple[str, str]]:
    return ((agent, referrer) for agent in AGENTS for referrer in REFERRERS)


def _visit(agent: str, referrer: str, encoding: str, is_second: bool) -> Visit:
    headers = {"User-Agent": AGENTS[agent], "Accept-Encoding": encoding}
    if REFERRERS[referrer]:
        headers["Referer"] = REFERRERS[referrer]
    again = ", lần thứ hai" if is_second else ""
    return Visit(f"{agent}, {referrer}{again}", encoding, is_second, headers)
