"""Who might be the same: suggestions that explain themselves; a person decides."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from guong.core import calendar
from guong.units.models import Unit, User

from .identity import keyed_hash, unlock
from .matching import index
from .matching.judging import DEED_OF_ANOTHER, SAME_ID, Asked, Known
from .models import AccessGrant, EthnicGroup, Exemplar, Judgement, Merge, RestrictedValue
from .policies import is_handed_over

SHOWN = 5  # more names than this nobody compares while typing


@dataclass(frozen=True)
class Match:
    """A record that may be the same, and why. `by_deed`: the name is another, the deed is not."""

    exemplar: Exemplar
    why: str
    by_deed: bool = False


def possible_duplicates(
    *,
    full_name: str,
    other_names: str = "",
    kind: str = Exemplar.Kind.INDIVIDUAL,
    birth_year: int | None = None,
    commune: Unit | None = None,
    residence: str = "",
    deed: str = "",
    id_number: str = "",
    user: User | None = None,
    but: Exemplar | None = None,
) -> list[Match]:
    """Records that may be this one, most reasons first; with `user` only those they may see.

    `but`: the record itself, when it is there already; pairs somebody has judged are left out.
    """
    others = index.other_names(Exemplar(kind=kind, full_name=full_name, other_names=other_names))
    asked = Asked(
        full_name, others, birth_year, pk_of(commune), residence, deed, keyed_hash(id_number)
    )
    return _shown(index.probe(asked, places(commune)), user, but)


def duplicates_of(exemplar: Exemplar, user: User) -> list[Match]:
    """Records this person may see that may be the same as one that is there."""
    return _shown(alike(exemplar), user, exemplar)


def is_known_elsewhere(exemplar: Exemplar, user: User) -> bool:
    """Whether a record this person may not open, but of which the Board knows, looks the same.

    Asked after a record is made, never while typing: who asks has left a line in the journal. The ID
    number is not asked for: nobody shall try out whose number it is. See docs/adr/0016.
    """
    found = [known.pk for known, _ in alike(exemplar, with_id=False) if known.pk != exemplar.pk]
    seen = Exemplar.objects.visible_to(user).filter(pk__in=found).values("pk")
    hidden = Exemplar.objects.standing().filter(pk__in=found).exclude(conflicts__user=user)
    return any(map(is_handed_over, hidden.exclude(pk__in=seen)))


def alike(exemplar: Exemplar, with_id: bool = True) -> list[tuple[Known, list[str]]]:
    """Every record that may be the same as one that is there, with the reasons. Unfiltered."""
    identity = getattr(exemplar, "identity", None) if with_id else None
    told: dict[int, tuple] = {}
    statements = exemplar.claims.current().order_by("pk").values_list("statement", flat=True)
    for statement in [*statements] or [""]:
        asked = Asked(
            exemplar.full_name,
            index.other_names(exemplar),
            exemplar.birth_year,
            exemplar.commune_id,
            exemplar.residence,
            statement,
            identity.id_hash if identity else "",
        )
        for known, why in index.probe(asked, places(exemplar.commune), but=exemplar.pk):
            if len(why) > len(told.get(known.pk, (known, ()))[1]):
                told[known.pk] = (known, why)
    return list(told.values())


def _shown(found: list, user: User | None, but: Exemplar | None) -> list[Match]:
    rows = Exemplar.objects.visible_to(user) if user else Exemplar.objects.standing()
    if but is not None:
        rows = rows.exclude(pk=but.pk).exclude(pk__in=judged_with(but))
    whole = rows.select_related("unit", "commune").in_bulk([known.pk for known, _ in found])
    return [
        Match(whole[known.pk], ", ".join(why), why[0] == DEED_OF_ANOTHER)
        for known, why in sorted(found, key=surest_first)
        if known.pk in whole
    ][:SHOWN]


def surest_first(told: tuple[Known, list[str]]) -> tuple:
    """One ID number outweighs all; then the name, by how many reasons; then the deed alone."""
    known, why = told
    return why[0] != SAME_ID, why[0] == DEED_OF_ANOTHER, -len(why), known.pk


FEW = 5  # a smaller group could be told apart
DECLINED, UNRECORDED = "không muốn nêu", "chưa ghi dân tộc"


def count_of_peoples(
    exemplars: QuerySet[Exemplar], names: Iterable[str] = ()
) -> dict[str, int | None]:
    """How many of each people, how many did not wish to name theirs and of how many none is recorded.

    `names`: peoples to be told of even when there is nobody. Small groups are None, see `hide_few`. The
    only way in which the value leaves its lock without a reading being written down.
    """
    found = RestrictedValue.objects.filter(exemplar__in=exemplars, kind="ethnic_group")
    called = EthnicGroup.objects.names_by_spelling()
    told = Counter(dict.fromkeys(names, 0))
    told.update(
        DECLINED if is_declined else called.get(said := unlock(sealed), said)
        for sealed, is_declined in found.values_list("sealed", "is_declined")
    )
    told[UNRECORDED] = exemplars.count() - told.total()
    shown = {name: many for name, many in told.items() if many or name in names}
    return hide_few(dict(sorted(shown.items())))


def hide_few(counts: dict[str, int]) -> dict[str, int | None]:
    """The counts with None where a number is small or would tell a small one; see docs/adr/0019.

    Whoever knows the sum of all must not be able to work out a hidden number, even if they know which
    are hidden for being small and which beside them. With nobody to hide, «0» is said openly.
    """
    small = [name for name, many in counts.items() if many < FEW]
    if not any(counts[name] for name in small):
        return dict(counts)
    hidden = set(small)
    beside = sorted(set(counts) - hidden, key=lambda name: (counts[name], name))
    while _can_be_worked_out(counts, small, hidden) and beside:
        hidden.add(beside.pop(0))
    return {name: None if name in hidden else many for name, many in counts.items()}


def _can_be_worked_out(counts: dict[str, int], small: list[str], hidden: set[str]) -> bool:
    """Whether the sum of the hidden numbers leaves each small one a single value."""
    total = sum(counts[name] for name in hidden)
    beside = len(hidden) - len(small)  # each of these is FEW or more, and may be anything above
    most = min(FEW - 1, total - FEW * beside)
    least = 0 if beside else max(0, total - (FEW - 1) * (len(small) - 1))
    return most <= least


def judged_with(exemplar: Exemplar) -> list[int]:
    """The records somebody has already compared with this one."""
    pairs = Judgement.objects.filter(Q(first=exemplar) | Q(second=exemplar))
    return [
        second if first == exemplar.pk else first
        for first, second in pairs.values_list("first", "second")
    ]


def pk_of(unit: Unit | None) -> int | None:
    return unit.pk if unit else None


def places(commune: Unit | None) -> frozenset:
    """The commune, and those that became it or that it became."""
    return commune.same_place() if commune else frozenset()


def taken_up_by(exemplar: Exemplar) -> list[Exemplar]:
    """The record and every one it has taken up, directly or by way of another."""
    found, rest = [], [exemplar]
    while rest:
        found += rest
        rest = list(Exemplar.objects.filter(merged_into__in=rest).order_by("pk"))
    return found


def where_now(pk: int, user: User) -> Exemplar | None:
    """The record into which one has gone, if this person may open it; None when it has not."""
    exemplar = Exemplar.objects.filter(pk=pk, merged_into__isnull=False).first()
    while exemplar is not None and exemplar.merged_into_id:
        exemplar = exemplar.merged_into
    seen = exemplar and Exemplar.objects.visible_to(user).filter(pk=exemplar.pk).exists()
    return exemplar if seen else None


def opened_to(user: User) -> list[int]:
    """Keys of the records somebody has opened to this person for a time."""
    grants = AccessGrant.objects.filter(user=user, until__gte=calendar.today())
    return list(grants.values_list("exemplar", flat=True))


def went_on_in_others(user: User) -> list[int]:
    """Keys of the records that have taken up one of the person's branch."""
    own = Merge.objects.standing().filter(merged__unit__path__startswith=user.branch_path())
    return list(own.values_list("merged__merged_into", flat=True))
