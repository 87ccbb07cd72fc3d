"""What every page of the workspace shows around its content."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from guong.core.models import Notice

MOST = 100  # more unread ones nobody counts


@dataclass(frozen=True)
class Place:
    """One line of the navigation."""

    url: str
    label: str
    icon: str
    current: bool = False


# address name, label, icon, functions that see it (None: everybody)
PLACES = [
    ("web:today", "Hôm nay", "home", None),
    ("direction:list", "Chỉ đạo", "paper", None),
    ("direction:criteria", "Tiêu chí", "scale", None),
    (
        "discovery:list",
        "Tin phát hiện",
        "search",
        {"introducer", "unit_head", "secretariat", "inspector"},
    ),
    ("discovery:press", "Điểm báo", "news", {"secretariat", "editor", "inspector"}),
    ("discovery:letters", "Thư, tin từ cổng", "comment", {"secretariat", "editor", "inspector"}),
    (
        "nomination:inbox",
        "Đề cử",
        "send",
        {"introducer", "unit_head", "secretariat", "verifier", "leader", "inspector"},
    ),
    ("web:imports", "Nhập từ Excel", "table", {"introducer", "unit_head", "secretariat"}),
    ("exemplars:list", "Điển hình", "person", None),
    ("appraisal:list", "Xác minh", "check", {"verifier", "secretariat"}),
    ("recognition:list", "Quyết định", "seal", {"secretariat", "leader", "inspector"}),
    ("nurturing:list", "Bồi dưỡng", "heart", {"introducer", "unit_head", "secretariat"}),
    ("publicity:list", "Bài viết", "news", {"editor", "secretariat", "leader"}),
    (
        "replication:list",
        "Nhân rộng",
        "share",
        {"introducer", "unit_head", "secretariat", "leader", "inspector"},
    ),
    ("honours:list", "Tôn vinh", "star", {"secretariat", "leader", "editor"}),
    (
        "reporting:report",
        "Báo cáo",
        "chart",
        {"introducer", "unit_head", "secretariat", "leader", "inspector"},
    ),
    ("inspection:list", "Kiểm tra", "eye", {"inspector", "secretariat", "leader"}),
    ("portal:desk", "Cổng công khai", "globe", {"editor", "secretariat", "administrator"}),
    ("units:accounts", "Tài khoản", "key", {"administrator"}),
]


def shell(request) -> dict:
    """Navigation, demo mark and the portal's address."""
    user = getattr(request, "user", None)
    context = {"demo_home": settings.IS_DEMO_HOME, "portal_url": settings.PORTAL_URL}
    if user is not None and user.is_authenticated:
        context["navigation"] = navigation(user, request.path)
        context["unread_notices"] = lambda: unread(user)  # asked by the head of a page alone
    return context


def unread(user) -> str:
    """What stands at the bell: how many, nothing for none; one look at a small index."""
    many = Notice.objects.visible_to(user).unread()[:MOST].count()
    return f"{MOST - 1}+" if many == MOST else str(many or "")


def navigation(user, path: str) -> list[Place]:
    """The places this person may go; the one that the path lies in is marked."""
    functions = set(user.functions())
    seen = [place for place in PLACES if place[3] is None or functions & place[3]]
    # Of two places one inside the other, the inner one is where the reader is.
    here = max(
        (url for name, *_ in seen if _lies_in(path, url := reverse(name))), key=len, default=""
    )
    return [
        Place(reverse(name), label, icon, reverse(name) == here) for name, label, icon, _ in seen
    ]


def _lies_in(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
