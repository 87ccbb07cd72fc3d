"""«Hôm nay»: the numbers and the waiting things of each function."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from guong.appraisal.models import Verification
from guong.core import calendar
from guong.direction.models import Assignment
from guong.discovery.models import Lead, LeadAnswer, Letter
from guong.exemplars.models import Exemplar, SuspectedPair
from guong.honours.models import HonourEntry
from guong.inspection.models import Inspection
from guong.nomination import cards as nomination
from guong.nomination.models import GuidedDraft, Nomination, SignOff
from guong.nurturing.models import Visit
from guong.portal import selectors as portal
from guong.portal.models import JUDGES
from guong.publicity.models import StoryApproval
from guong.recognition.models import Decision
from guong.units.models import User


@dataclass(frozen=True)
class Tile:
    """A number that is a link to exactly the rows it counts."""

    number: int
    label: str
    url: str
    help: str = ""
    care: bool = False


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for this person, with its day."""

    title: str
    sub: str
    url: str
    due_on: datetime.date | None
    verb: str
    icon: str = "paper"


@dataclass(frozen=True)
class Pile:
    """Rows that wait, the page that lists exactly them, and how one reads as a waiting thing."""

    label: str
    url: str
    rows: Callable[[User], QuerySet]
    waiting: Callable[[object], Waiting] | None = None
    help: str = ""


def _listed(name: str, **query: str) -> str:
    pairs = "&".join(f"{key}={value}" for key, value in query.items())
    return reverse(name) + (f"?{pairs}" if pairs else "")


def piles() -> dict[str, list[Pile]]:
    """What each function's home shows. The address of a pile lists the very rows it counts."""
    tasks = Pile(
        "nhiệm vụ chưa tiếp nhận",
        _listed("direction:list", state="sent"),
        lambda user: Assignment.objects.visible_to(user).waiting(),
        lambda row: Waiting(
            row.task.text,
            f"{row.task.directive.number_sign}, {row.unit}",
            reverse("direction:detail", args=[row.task.directive_id]),
            row.task.due_on,
            "Tiếp nhận",
        ),
    )
    drafts = Pile(
        "hồ sơ đang soạn",
        _listed("nomination:inbox", state="draft"),
        lambda user: Nomination.objects.visible_to(user).filter(state="draft"),
        lambda row: Waiting(
            str(row.exemplar),
            "Dự thảo, chưa gửi",
            reverse("nomination:detail", args=[row.pk]),
            None,
            "Soạn tiếp",
            "pen",
        ),
    )
    returned = Pile(
        "hồ sơ cần sửa",
        _listed("nomination:inbox", state="returned"),
        lambda user: Nomination.objects.visible_to(user).filter(state="returned"),
        lambda row: Waiting(
            str(row.exemplar),
            f"Trả lại: {row.return_reason}"[:140],
            reverse("nomination:detail", args=[row.pk]),
            None,
            "Sửa",
            "undo",
        ),
    )
    signatures = Pile(
        "hồ sơ chờ ký cùng đề cử",
        _listed("nomination:sign_offs", state="asked"),
        lambda user: SignOff.objects.visible_to(user).waiting_for(user),
        lambda row: Waiting(
            str(row.nomination.exemplar),
            f"{row.nomination.unit} mời {row.unit} cùng đề cử"
            + (": hồ sơ đã đổi sau khi đồng chí xác nhận" if row.state == "lapsed" else ""),
            reverse("nomination:sign_off", args=[row.pk]),
            None,
            "Xem và ký",
            "seal",
        ),
    )
    submitted = Pile(
        "hồ sơ chờ tiếp nhận",
        _listed("nomination:inbox", state="submitted"),
        lambda user: Nomination.objects.visible_to(user).waiting(),
        lambda row: Waiting(
            str(row.exemplar),
            f"{row.unit} gửi",
            reverse("nomination:detail", args=[row.pk]),
            None,
            "Xem",
        ),
    )
    recognised = Pile(
        "điển hình đã được công nhận",
        _listed("exemplars:list", state="recognised"),
        lambda user: Exemplar.objects.visible_to(user).recognised(),
    )
    leads = Pile(
        "tin phát hiện chờ trả lời",
        _listed("discovery:list", state="waiting"),
        lambda user: Lead.objects.visible_to(user).waiting(),
        lambda row: Waiting(
            row.title,
            f"{row.way}, {row.unit}",
            reverse("discovery:detail", args=[row.pk]),
            row.answer_due_on,
            "Trả lời",
            "search",
        ),
    )
    unanswered = Pile(
        "tin đã xử lý, chưa trả lời người giới thiệu",
        _listed("discovery:list", state="unanswered"),
        lambda user: Lead.objects.visible_to(user).unanswered(),
        lambda row: Waiting(
            row.title,
            f"{row.code}, {row.get_state_display().lower()}",
            reverse("discovery:answer", args=[row.pk]),
            row.answer_due_on,
            "Trả lời",
            "comment",
        ),
    )
    answers = Pile(
        "câu trả lời chờ xác nhận",
        _listed("discovery:answers"),
        lambda user: LeadAnswer.objects.visible_to(user).waiting(),
        lambda row: Waiting(
            f"Trả lời {row.lead.code}",
            f"{row.lead.title}, {row.lead.unit}",
            reverse("discovery:detail", args=[row.lead_id]),
            row.lead.answer_due_on,
            "Xem và xác nhận",
            "comment",
        ),
    )
    letters = Pile(
        "thư từ cổng chờ xử lý",
        _listed("discovery:letters", state="waiting", kind="letter"),
        lambda user: Letter.objects.visible_to(user).waiting(),
        lambda row: Waiting(
            row.get_kind_display(),
            f"{row.code}, {row.exemplar or row.about or 'về trang này'}",
            reverse("discovery:letter", args=[row.pk]),
            None,
            "Xem",
            "comment",
        ),
    )
    verifications = Pile(
        "hồ sơ đang xác minh",
        _listed("appraisal:list", state="open"),
        lambda user: Verification.objects.visible_to(user).open(),
        lambda row: Waiting(
            str(row.nomination.exemplar),
            str(row.nomination.unit),
            reverse("appraisal:detail", args=[row.pk]),
            None,
            "Xác minh",
            "check",
        ),
    )
    decisions = Pile(
        "quyết định chờ ký",
        _listed("recognition:list", state="drafted"),
        lambda user: Decision.objects.visible_to(user).filter(state="drafted"),
        lambda row: Waiting(
            str(row.exemplar),
            row.title,
            reverse("recognition:detail", args=[row.pk]),
            None,
            "Xem và ký",
            "seal",
        ),
    )
    stories = Pile(
        "bài chờ duyệt",
        _listed("publicity:list", state="checking"),
        lambda user: StoryApproval.objects.visible_to(user).filter(state="checking"),
        lambda row: Waiting(
            str(row),
            str(row.exemplar),
            reverse("publicity:detail", args=[row.pk]),
            None,
            "Duyệt",
            "news",
        ),
    )
    untold = Pile(
        "điển hình chưa có bài",
        _listed("publicity:untold"),
        lambda user: (
            Exemplar.objects.visible_to(user).recognised().exclude(story_approvals__isnull=False)
        ),
        lambda row: Waiting(
            str(row),
            f"Công nhận ngày {row.recognised_on:%d/%m/%Y}",
            reverse("publicity:untold"),
            None,
            "Viết bài",
            "pen",
        ),
    )
    honours = Pile(
        "tôn vinh chờ xác nhận",
        _listed("honours:list", state="waiting"),
        lambda user: HonourEntry.objects.visible_to(user).waiting(),
    )
    inspections = Pile(
        "cuộc kiểm tra đang mở",
        _listed("inspection:list", state="open"),
        lambda user: Inspection.objects.visible_to(user).filter(state="open"),
        lambda row: Waiting(
            str(row.unit),
            f"Kỳ {row.period}",
            reverse("inspection:detail", args=[row.pk]),
            None,
            "Ghi kết quả",
            "eye",
        ),
    )
    visits = Pile(
        "lần thăm đến hạn",
        _listed("nurturing:list", state="due"),
        lambda user: Visit.objects.visible_to(user).filter(next_on__lte=calendar.today()),
    )
    accounts = Pile(
        "tài khoản",
        _listed("units:accounts"),
        lambda user: User.objects.visible_to(user),
    )
    return {
        "introducer": [returned, tasks, drafts, unanswered, visits, recognised],
        "unit_head": [returned, tasks, signatures, drafts, answers, recognised, visits],
        "verifier": [verifications, submitted],
        "secretariat": [submitted, leads, answers, decisions, stories, honours],
        "leader": [decisions, recognised, stories],
        "editor": [untold, stories, letters],
        "inspector": [inspections, recognised, leads],
        "administrator": [accounts],
    }


RELATED = {
    Assignment: ["task__directive", "unit"],
    Nomination: ["exemplar", "unit"],
    SignOff: ["nomination__exemplar", "nomination__unit", "unit"],
    Verification: ["nomination__exemplar", "nomination__unit"],
    Decision: ["exemplar"],
    StoryApproval: ["exemplar", "page"],
    Inspection: ["unit"],
    Lead: ["unit"],
    LeadAnswer: ["lead__unit"],
}
SHOWN = 6


def today_for(user: User) -> tuple[list[Tile], list[Waiting]]:
    """At most six numbers, then what waits by deadline; what cannot wait stands first."""
    chosen: dict[str, Pile] = {}
    # Whoever heads a unit and writes for it too is shown what only a head can do.
    for function in sorted(user.functions(), key=lambda name: name != "unit_head"):
        for pile in piles().get(function, []):
            chosen.setdefault(pile.label, pile)
    tiles, waiting = _alarms(user), []
    for tile, things in [*_taken_down(user), *_being_written(user)]:
        tiles.append(tile)
        waiting += things
    for pile in list(chosen.values())[: SHOWN - len(tiles)]:
        rows = pile.rows(user)
        tiles.append(Tile(rows.count(), pile.label, pile.url, pile.help))
        if pile.waiting:
            related = RELATED.get(rows.model, [])
            waiting += [pile.waiting(row) for row in rows.select_related(*related)[:SHOWN]]
    waiting += _suspected(user)
    waiting.sort(key=lambda thing: thing.due_on or datetime.date.max)
    return tiles, waiting


WATCHES = {"administrator", "secretariat"}


def _alarms(user: User) -> list[Tile]:
    """What the watch of the portal has to say, until it is mended."""
    found = portal.alarms(calendar.now()) if WATCHES & set(user.functions()) else 0
    url = reverse("portal:desk") + "#canh-gac"
    return [Tile(found, "điều máy canh báo về cổng", url, care=True)] if found else []


def _suspected(user: User) -> list[Waiting]:
    """One line for all pairs of records the Board has not decided."""
    if not user.has_function("secretariat"):
        return []
    rows = SuspectedPair.objects.visible_to(user).undecided()
    people, all_of_them = rows.of_one_person().count(), rows.count()
    what = "có thể là một người" if people else "cùng một việc, khác tên"
    sub, url = "Xem hai bên, rồi gộp hoặc ghi là khác nhau", _listed("exemplars:suspected")
    words = f"{people or all_of_them} cặp hồ sơ {what}"
    return [Waiting(words, sub, url, None, "Xem")] if all_of_them else []


def _taken_down(user: User) -> list[tuple[Tile, list[Waiting]]]:
    """What somebody else took off the portal and this person may look at again."""
    rows = portal.take_downs(user).waiting_for(user)
    number = rows.count() if JUDGES & set(user.functions()) else 0
    if not number:
        return []
    url = _listed("portal:take_downs", state="mine")
    things = [
        Waiting(
            f"Đã gỡ: {one.things[0].title}",
            f"{one.row.taken_by}, {one.verb.lower()}" + (f": {one.why}"[:120] if one.why else ""),
            url,
            None,
            "Xem lại",
            "eye",
        )
        for one in portal.removed(rows[:SHOWN], user)
    ]
    return [(Tile(number, "lần gỡ khỏi cổng chờ xem lại", url, care=True), things)]


def _being_written(user: User) -> list[tuple[Tile, list[Waiting]]]:
    """Guided drafts that were begun and not sent: of this person, or of the unit they write for."""
    rows = GuidedDraft.objects.visible_to(user).waiting_for(user)
    number = rows.count()
    if not number:
        return []
    newest = rows.select_related("kept_by").order_by("-kept_at", "-pk")
    things = [
        Waiting(
            str(one),
            nomination.still_missing(one),
            nomination.where_to_go_on(one),
            None,
            "Viết tiếp",
            "pen",
        )
        for one in newest[:SHOWN]
    ]
    return [(Tile(number, "bản đề cử viết dở", _listed("nomination:guided_drafts")), things)]
