"""The sorting desk: what citizens told of good people and whatever else they wrote, in one order."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.timezone import make_aware

from guong.core import calendar

from .models import ANSWERED_WITHIN, Lead, LeadAnswer, Letter

TIP, LETTER = "tip", "letter"  # «loại»: one of these, or a kind of letter
TIP_LABEL = "Giới thiệu người tốt"
STATES = {
    "waiting": "Chờ xử lý",
    "second": "Chờ người thứ hai",
    "unanswered": "Chưa trả lời người giới thiệu",
    "done": "Đã xong",
    "set_aside": "Không tiếp nhận, không xử lý",
}
MIDNIGHT = datetime.time(0)
DECIDED = [Lead.State.TAKEN_UP, Lead.State.DECLINED]


def _of_tips() -> dict[str, Q]:
    confirmed = Q(pk__in=LeadAnswer.objects.public().values("lead"))
    written = Q(pk__in=LeadAnswer.objects.waiting().values("lead"))
    undecided = Q(state__in=[Lead.State.RECEIVED, Lead.State.HELD])
    # Decided, and whoever gave the tip cannot read an answer yet.
    owed = Q(state__in=DECIDED) & ~Q(answer_path="") & ~confirmed
    return {
        "waiting": undecided | written | owed,
        "second": Q(state=Lead.State.HELD) | written,
        "unanswered": owed & ~written,
        "done": Q(state__in=DECIDED) & ~owed & ~written,
        "set_aside": Q(state=Lead.State.DECLINED),
    }


OF_LETTERS = {
    "waiting": Q(state__in=[Letter.State.NEW, Letter.State.CHOSEN]),
    "second": Q(state=Letter.State.CHOSEN),
    "unanswered": Q(pk__in=[]),
    "done": Q(state__in=[Letter.State.ANSWERED, Letter.State.PUBLISHED]),
    "set_aside": Q(state=Letter.State.SET_ASIDE),
}


@dataclass(frozen=True)
class Asked:
    """How the desk is narrowed; what is not known narrows nothing."""

    kind: str = ""
    state: str = ""
    is_late: bool = False

    @classmethod
    def read(cls, given) -> "Asked":
        """From the address of the page."""
        kind, state = given.get("kind", ""), given.get("state", "")
        return cls(
            kind if kind in {TIP, LETTER, *Letter.Kind.values} else "",
            state if state in STATES else "",
            given.get("late") == "1",
        )

    @property
    def narrows(self) -> bool:
        return bool(self.kind or self.state or self.is_late)


def kinds() -> list[tuple[str, str]]:
    """What the desk can be narrowed by: every kind of letter there is, and the tips."""
    return [(TIP, TIP_LABEL), (LETTER, "Mọi thư"), *Letter.Kind.choices]


def intake(user, asked: Asked) -> QuerySet:
    """(pk, kind, …) of each tip and letter this person may see; who asks to be taken off first, then
    what waits, the longest waiting first, then the rest, newest first."""
    return _tips(user, asked).union(_letters(user, asked), all=True).order_by(*ORDER)


ORDER = ("rank", "since", "-received_at", "-pk")
COLUMNS = ("pk", "received_at", "what_it_is", "rank", "since")


def _tips(user, asked: Asked) -> QuerySet:
    states = _of_tips()
    rows = Lead.objects.visible_to(user).filter(source=Lead.Source.CITIZEN)
    rows = _narrowed(rows, states, asked, Q(answer_due_on__lt=calendar.today()))
    if asked.kind not in ("", TIP):
        rows = rows.none()
    return _told(rows, Value(TIP), states["waiting"], urgent=Q(pk__in=[]))


def _letters(user, asked: Asked) -> QuerySet:
    rows = Letter.objects.visible_to(user)
    rows = _narrowed(rows, OF_LETTERS, asked, Q(received_at__lt=late_before(calendar.today())))
    if asked.kind == TIP:
        rows = rows.none()
    elif asked.kind in Letter.Kind:
        rows = rows.filter(kind=asked.kind)
    urgent = Q(kind=Letter.Kind.REMOVE, state=Letter.State.NEW)
    return _told(rows, F("kind"), OF_LETTERS["waiting"], urgent)


def _narrowed(rows: QuerySet, states: dict[str, Q], asked: Asked, late: Q) -> QuerySet:
    if asked.state:
        rows = rows.filter(states[asked.state])
    return rows.filter(late & states["waiting"]) if asked.is_late else rows


def _told(rows: QuerySet, kind, waiting: Q, urgent: Q) -> QuerySet:
    rank = Case(When(urgent, then=0), When(waiting, then=1), default=2, output_field=IntegerField())
    since = Case(When(waiting, then=F("received_at")), output_field=DateTimeField())
    what = Case(default=kind, output_field=CharField())
    return rows.annotate(what_it_is=what, rank=rank, since=since).values(*COLUMNS)


def late_before(today: datetime.date) -> datetime.datetime:
    """A letter received before this moment should have been dealt with by the day before."""
    day = today - datetime.timedelta(days=ANSWERED_WITHIN * 7 // 5)
    while calendar.add_working_days(day, ANSWERED_WITHIN) < today:
        day += datetime.timedelta(days=1)
    while calendar.add_working_days(day, ANSWERED_WITHIN) >= today:
        day -= datetime.timedelta(days=1)
    return make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), MIDNIGHT))


def counts(user, asked: Asked) -> list[tuple[str, str, int]]:
    """(state or "late", label, how many) of the kind that is looked at: each is a link to its list."""
    of_kind = Asked(kind=asked.kind)
    named = [(state, STATES[state]) for state in ("waiting", "second", "unanswered")]
    found = [
        (state, label, intake(user, replace(of_kind, state=state)).count())
        for state, label in named
    ]
    return [*found, ("late", "Quá hạn", intake(user, replace(of_kind, is_late=True)).count())]


@dataclass(frozen=True)
class Item:
    """One line of the desk: a tip or a letter."""

    record: Lead | Letter
    kind: str
    is_late: bool
    steps: tuple[str, ...] = ()  # what the reader may do with it from here

    @property
    def is_tip(self) -> bool:
        return self.kind == TIP

    @property
    def label(self) -> str:
        return TIP_LABEL if self.is_tip else self.record.get_kind_display()

    @property
    def title(self) -> str:
        return self.record.who if self.is_tip else self.record.text or self.record.about

    @property
    def about(self) -> str:
        record = self.record
        return str(record.unit if self.is_tip else record.exemplar or record.about or "")

    @property
    def due_on(self) -> datetime.date | None:
        return self.record.answer_due_on if self.is_tip else None


def items(rows: Iterable[dict], user) -> list[Item]:
    """The records behind these lines of `intake`, in their order; two questions, and who may do what."""
    rows = list(rows)
    tips = [row["pk"] for row in rows if row["what_it_is"] == TIP]
    letters = [row["pk"] for row in rows if row["what_it_is"] != TIP]
    leads = Lead.objects.visible_to(user).select_related("unit").in_bulk(tips)
    others = Letter.objects.visible_to(user).select_related("exemplar").in_bulk(letters)
    owed = set(
        Lead.objects.filter(_of_tips()["unanswered"], pk__in=tips).values_list("pk", flat=True)
    )
    today, before = calendar.today(), late_before(calendar.today())
    functions, made = set(user.functions()), []
    for row in rows:
        is_waiting = row["rank"] < 2
        if row["what_it_is"] == TIP:
            lead = leads[row["pk"]]
            is_late = is_waiting and lead.answer_due_on is not None and lead.answer_due_on < today
            steps = tuple(_steps_of_tip(lead, user, functions, lead.pk in owed))
            made.append(Item(lead, TIP, is_late, steps))
        else:
            letter = others[row["pk"]]
            is_late = is_waiting and letter.received_at < before
            made.append(
                Item(letter, letter.kind, is_late, tuple(_steps_of_letter(letter, functions)))
            )
    return made


# As `policies.py` says, of records the reader is known to see; each page asks again.
def _steps_of_tip(lead: Lead, user, functions: set[str], is_owed: bool) -> Iterator[str]:
    handles = functions & {"introducer", "unit_head", "secretariat"}
    if lead.state == Lead.State.RECEIVED and functions & {"introducer", "unit_head"}:
        yield "nominate"
    is_board = "secretariat" in functions
    if lead.state == Lead.State.HELD and is_board and lead.received_by_id != user.pk:
        yield "let_pass"
    if handles and lead.can_move_to(Lead.State.DECLINED):
        yield "decline"
    if handles and is_owed:
        yield "answer"


def _steps_of_letter(letter: Letter, functions: set[str]) -> Iterator[str]:
    if not functions & {"secretariat", "editor"}:
        return
    if letter.state == Letter.State.CHOSEN:
        yield "second"
    if letter.can_move_to(Letter.State.ANSWERED):
        yield "answer_letter"
        if "secretariat" in functions and letter.kind != Letter.Kind.REMOVE:
            yield "pass_on_letter"
    if letter.state != Letter.State.PUBLISHED and letter.can_move_to(Letter.State.SET_ASIDE):
        yield "set_aside_letter"


def told(rows: QuerySet, user, at_once: int = 200) -> Iterator[Item]:
    """Every line, a few hundred at a time."""
    for start in range(0, rows.count(), at_once):
        yield from items(rows[start : start + at_once], user)
