"""One round over everything that was signed, and over addresses that must not exist.

What it cannot see: a page shown only to the addresses of a search engine's own machines, and a file
nobody links to under a name nobody guesses. For both the files themselves are checked on the server
(`guong verify DIR`, `guong release check`).
"""

import secrets
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import cycle

from . import certificate, visitors
from .manifest import Manifest, address, base_name
from .pages import answered, check_answer
from .sources import Portal
from .verdict import Code, Finding, Stopped, gravest
from .visitors import Visit

# Addresses that hijacked sites are known to answer, with the query that fed them.
PARASITES = (
    "/wp-mail.php?ID=1",
    "/wp-login.php",
    "/sitemap.php?ID=1",
    "/Site.aspx?ID=1",
    "/Default2.aspx",
    "/js/fancybox/siteamp.php?PC=1",
    "/uploads/tai-lieu.html",
    "/uploads/files/tai-lieu.pdf",
    "/media/original_images/a.html",
    "/documents/1/a.pdf",
    "/admin/",
    "/.well-known/traffic.html",
    "/index.php?ID=1",
    "/tin-tuc.html?ID=1",
)
QUERIES = ("ID=7", "utm_source=zalo", "s=abc", "PC=3", "page=2", "lang=en")
RANDOM = 20  # addresses nobody can have prepared for
THOROUGH = 300  # pages that get every visitor in every round; the rest get another one each round
WORKERS = 4
# The signer refreshes hourly: a day without is somebody's illness, long before it runs out.
UNREFRESHED = timedelta(days=2)  # left of three


def watch(
    portal: Portal, manifest: Manifest, now: datetime, *, most_thorough: int = THOROUGH
) -> dict:
    """A report of one round: `{portal, release, at, checked, requests, findings, certificate, code}`."""
    tasks = list(_tasks(portal, manifest, now, most_thorough))
    with ThreadPoolExecutor(WORKERS) as pool:
        done = list(pool.map(lambda task: task(), tasks))
    findings = [finding for found, _ in done for finding in found]
    shown, known = certificate.look(portal.origin, now)
    findings += shown + _age(manifest, now)
    return {
        "portal": portal.origin,
        "release": manifest.number,
        "at": now.isoformat(timespec="seconds"),
        "checked": len(tasks),
        "requests": sum(asked for _, asked in done),
        "findings": [finding.as_dict() for finding in findings],
        "certificate": known,
        "code": int(gravest(findings)),
    }


def _tasks(portal: Portal, manifest: Manifest, now: datetime, most_thorough: int) -> Iterator:
    pages = sorted({base_name(name, target) for name, target in manifest.targets.items()})
    pages.sort(key=lambda name: name.count("/"))  # the front page and the lists first
    turn = int(now.timestamp() // 60)
    for place, name in enumerate(pages):
        visits = visitors.thorough() if place < most_thorough else visitors.passing(turn + place)
        query = QUERIES[(turn + place) % len(QUERIES)]
        yield _Page(portal, manifest, name, list(visits), query)
    strangers = [*PARASITES, *(_invented() for _ in range(RANDOM))]
    for strange, visit in zip(strangers, cycle(list(visitors.thorough())[4::7]), strict=False):
        yield _Stranger(portal, manifest, strange, visit)


def _invented() -> str:
    word, ending = secrets.token_hex(4), secrets.choice(("/", ".html", ".php", ".aspx?ID=9", ""))
    return f"/{word}{ending}"


class _Page:
    """Everything asked about one page, in order: the second visit follows the first."""

    def __init__(self, portal: Portal, manifest: Manifest, name: str, visits: list, query: str):
        self.portal, self.manifest, self.name = portal, manifest, name
        self.visits, self.query = visits, query
        self.found: dict[Finding, list[str]] = {}
        self.asked = 0

    def __call__(self) -> tuple[list[Finding], int]:
        path = urllib.parse.quote(address(self.name))
        cookie = ""
        for visit in self.visits:
            cookie = self._visit(path, visit, cookie if visit.is_second else "")
        self._visit(f"{path}?{self.query}", self.visits[0], "")
        return [self._told(finding, who) for finding, who in self.found.items()], self.asked

    def _visit(self, path: str, visit: Visit, cookie: str) -> str:
        """Ask once and note what is wrong; return the cookie that was set (itself a fault)."""
        headers = visit.headers | ({"Cookie": cookie} if cookie else {})
        self.asked += 1
        try:
            answer = self.portal.get(path, **headers)
        except Stopped as stopped:
            self.found.setdefault(stopped.finding, []).append(visit.who)
            return ""
        for fault in check_answer(self.manifest, self.name, visit.encoding, answer):
            self.found.setdefault(fault, []).append(visit.who)
        return answer.headers.get("set-cookie", "").partition(";")[0]

    def _told(self, finding: Finding, who: list[str]) -> Finding:
        """Who was shown it: to everybody, or to some only, which is how a hijacker hides."""
        if len(who) > len(self.visits) // 2 or finding.code == Code.UNREACHABLE:
            return finding
        names = "; ".join(dict.fromkeys(who))
        words = f"{finding.message} Chỉ thấy khi đến như: {names}."
        return Finding(finding.code, words, finding.path, finding.encoding)


class _Stranger:
    """One address that must answer the signed 404."""

    def __init__(self, portal: Portal, manifest: Manifest, strange: str, visit: Visit):
        self.portal, self.manifest, self.strange, self.visit = portal, manifest, strange, visit

    def __call__(self) -> tuple[list[Finding], int]:
        path, _, query = self.strange.partition("?")
        # Uncompressed: what is compared is the signed page itself.
        headers = self.visit.headers | {"Accept-Encoding": "identity"}
        try:
            status = answered(self.portal, self.manifest, path, query, **headers)
        except Stopped as stopped:
            return [stopped.finding], 1
        if status is None:
            return [], 1
        words = f"Máy chủ trả lời mã {status} ở địa chỉ không có trong danh mục: {self.strange}"
        return [Finding(Code.CHANGED, f"{words}.", self.strange)], 1


def _age(manifest: Manifest, now: datetime) -> list[Finding]:
    left = manifest.expires - now
    if not timedelta(0) < left < UNREFRESHED:
        return []  # run out is told with the list itself
    hours = int(left.total_seconds() // 3600)
    words = f"Dấu thời gian hơn một ngày chưa được ký lại; còn {hours} giờ là quá hạn."
    return [Finding(Code.OLDER, f"{words} Kiểm tra bộ ký.")]
