"""What an input of a release is in the office, and which line of the journal took it off the portal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import reverse

from guong.core import journal
from guong.core.models import JournalEntry
from guong.direction.models import Movement
from guong.discovery.models import LeadAnswer, Letter
from guong.exemplars.models import Consent, Exemplar, Hold, MovementEntry
from guong.honours.models import HonourEntry
from guong.publicity.models import StoryApproval
from guong.recognition.models import Decision
from guong.replication.models import Adoption

from .models import HOLDS

WITHDRAWN = "publicity.withdrawn"
SET_ASIDE = "discovery.letter_set_aside"
REVOKED = "recognition.revoked"
DROPPED = "replication.progress_reported"
CONSENT = "exemplars.consent_withdrawn"
OVER = {WITHDRAWN: "withdrawn", SET_ASIDE: "set_aside", REVOKED: "revoked", DROPPED: "dropped"}


@dataclass(frozen=True)
class Kind:
    """One kind of input: how it is called, its records, and the page of the office about one."""

    label: str
    rows: Callable[[], QuerySet]
    url: Callable[[Model], str]
    exemplar: Callable[[Model], Exemplar | None]
    named_by: str = "pk"  # what stands behind the colon of the key
    needs: tuple[str, ...] = ()  # consents it leans on; none: it stands without its exemplar


def _page(name: str, attribute: str = "pk") -> Callable[[Model], str]:
    return lambda record: reverse(name, args=[getattr(record, attribute)])


def _of(record) -> Exemplar | None:
    return record.exemplar


def _itself(record) -> Exemplar:
    return record


NAMED = (Consent.Purpose.NAME_PUBLICLY,)
KINDS = {
    "story": Kind(
        "bài viết",
        lambda: StoryApproval.objects.select_related("exemplar", "page"),
        _page("publicity:detail"),
        _of,
        needs=(*NAMED, Consent.Purpose.STORY),
    ),
    "card": Kind(
        "thẻ gương", Exemplar.objects.all, _page("web:life"), _itself, "code", needs=NAMED
    ),
    "picture": Kind(
        "ảnh",
        Exemplar.objects.all,
        _page("web:life"),
        _itself,
        "code",
        needs=(Consent.Purpose.PICTURE,),
    ),
    "honour": Kind(
        "mục tôn vinh",
        lambda: HonourEntry.objects.select_related("exemplar", "roll"),
        _page("honours:roll", "roll_id"),
        _of,
        needs=NAMED,
    ),
    "adoption": Kind(
        "nơi làm theo",
        lambda: Adoption.objects.select_related("exemplar", "unit"),
        _page("web:life", "exemplar_id"),
        _of,
    ),
    "comment": Kind(
        "lời bình",
        lambda: Letter.objects.select_related("exemplar"),
        _page("discovery:letter"),
        _of,
    ),
    "answer": Kind(
        "câu trả lời",
        lambda: LeadAnswer.objects.select_related("lead__exemplar"),
        _page("discovery:detail", "lead_id"),
        lambda answer: answer.lead.exemplar,
    ),
    "decision": Kind(
        "giấy công nhận",
        lambda: Decision.objects.select_related("exemplar"),
        _page("recognition:detail"),
        _of,
    ),
    "movement": Kind(
        "phong trào", Movement.objects.all, _page("direction:movement"), lambda movement: None
    ),
    "tie": Kind(
        "gương của phong trào",
        lambda: MovementEntry.objects.select_related("exemplar", "movement"),
        _page("web:life", "exemplar_id"),
        _of,
        needs=NAMED,
    ),
}


@dataclass(frozen=True)
class Thing:
    """One removed input as a person reads it; without a page where its record is gone."""

    kind: str
    title: str
    url: str


def records(keys: Iterable[str]) -> dict[str, Model]:
    """The records behind these keys, one question a kind; those that are gone are missing."""
    told = [key.partition(":") for key in keys]
    found: dict[str, Model] = {}
    for name, kind in KINDS.items():
        wanted = {number for of, _, number in told if of == name}
        if wanted:
            rows = kind.rows().filter(**{f"{kind.named_by}__in": wanted})
            found |= {f"{name}:{getattr(row, kind.named_by)}": row for row in rows}
    return found


def things(keys: Iterable[str], known: dict[str, Model]) -> list[Thing]:
    """What these keys are called, by the records that are known of them."""
    return [_thing(key, known.get(key)) for key in keys]


def _thing(key: str, record: Model | None) -> Thing:
    kind = KINDS[key.partition(":")[0]]
    if record is None:
        return Thing(kind.label, f"{key.partition(':')[2]}, bản ghi không còn", "")
    return Thing(kind.label, str(record), kind.url(record))


def exemplar_of(key: str, record: Model | None) -> Exemplar | None:
    """Whom a removed input is about."""
    return KINDS[key.partition(":")[0]].exemplar(record) if record is not None else None


def cause(key: str, record: Model | None) -> JournalEntry | None:
    """The line that took it off: about the record itself, or about its exemplar and still in force.

    None where no person did: a consent has run out, a year of birth makes a child of somebody.
    """
    if record is None:
        return None
    kind = KINDS[key.partition(":")[0]]
    own = _last(target=journal.ref(record), verb__in=OVER)
    if own is not None and OVER[own.verb] == getattr(record, "state", ""):
        return own
    if not kind.needs:
        return None
    lines = [_last(**asked) for asked in _lost(kind.exemplar(record), kind.needs)]
    return max(filter(None, lines), key=lambda line: (line.at, line.pk), default=None)


def target_of(line: JournalEntry | None) -> Model | None:
    """The story, letter or decision a line is about; None for anything else."""
    if line is None:
        return None
    name, _, number = line.target.partition(":")
    model = {kind._meta.label_lower: kind for kind in (StoryApproval, Letter, Decision)}.get(name)
    return model.objects.filter(pk=number).first() if model else None


def _lost(exemplar: Exemplar, needs: tuple[str, ...]) -> Iterable[dict]:
    """Why nothing of the exemplar may be shown today, as questions to the journal."""
    if hold := exemplar.holds.filter(state=Hold.State.PLACED).first():
        yield {"verb": HOLDS, "target": journal.ref(hold)}
    if not exemplar.is_recognised:
        yield {"verb": REVOKED, "subject": journal.ref(exemplar)}
    for purpose in needs:
        last = exemplar.consents.filter(purpose=purpose).order_by("pk").last()
        if last is not None and last.withdrawn_on:  # one that ran out nobody has taken back
            yield {"verb": CONSENT, "target": journal.ref(last)}


def _last(**asked) -> JournalEntry | None:
    return JournalEntry.objects.filter(**asked).order_by("-at", "-pk").first()
