"""One round over everything that was signed, and over addresses that must not exist."""

from .manifest import Manifest, address, base_name
from .pages import answered, check_page
from .sources import Portal
from .verdict import Code, Finding, Stopped, gravest

# Addresses that hijacked sites are known to answer, with the query that fed them.
PARASITES = (
    "/wp-mail.php?ID=1",
    "/wp-login.php",
    "/sitemap.php?ID=1",
    "/Site.aspx?ID=1",
    "/Default2.aspx",
    "/js/fancybox/siteamp.php?PC=1",
    "/uploads/tai-lieu.html",
    "/admin/",
)
# Hijackers show one page to search engines and another to people.
VISITORS = (
    {},
    {"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126 Mobile"},
    {
        "User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)",
        "Referer": "https://www.google.com.vn/",
    },
)


def watch(portal: Portal, manifest: Manifest) -> dict:
    """A report of one round: `{portal, release, checked, findings: [...], code}`."""
    pages = sorted({base_name(name, target) for name, target in manifest.targets.items()})
    findings: list[Finding] = []
    for turn, name in enumerate(pages):
        findings += _page(portal, manifest, address(name), VISITORS[turn % len(VISITORS)])
    for turn, strange in enumerate(PARASITES):
        findings += _parasite(portal, manifest, strange, VISITORS[turn % len(VISITORS)])
    return {
        "portal": portal.origin,
        "release": manifest.number,
        "checked": len(pages) + len(PARASITES),
        "findings": [finding.as_dict() for finding in findings],
        "code": int(gravest(findings)),
    }


def _page(portal: Portal, manifest: Manifest, path: str, visitor: dict) -> list[Finding]:
    """Only what is wrong; an unreachable page is a finding, not the end of the round."""
    try:
        found = check_page(portal, manifest, path, **visitor)
    except Stopped as stopped:
        found = [stopped.finding]
    return [finding for finding in found if finding.code != Code.GENUINE]


def _parasite(portal: Portal, manifest: Manifest, strange: str, visitor: dict) -> list[Finding]:
    path, _, query = strange.partition("?")
    try:
        status = answered(portal, manifest, path, query, **visitor)
    except Stopped as stopped:
        return [stopped.finding]
    if status is None:
        return []
    words = f"Máy chủ trả lời mã {status} ở địa chỉ không có trong danh mục: {strange}"
    return [Finding(Code.CHANGED, f"{words}.", strange)]
