"""Who might be the same: suggestions that explain themselves; a person decides."""

from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import fuzz

from guong.core.vietnamese import fold, name_key
from guong.units.models import Unit

from .identity import keyed_hash
from .models import Exemplar

SAME_ID = "cùng số căn cước"
CLOSE = 92  # of 100: above it two folded names read as one misspelt


@dataclass(frozen=True)
class Match:
    """Somebody known who may be the same, and why."""

    exemplar: Exemplar
    why: str


def possible_duplicates(
    *,
    full_name: str,
    birth_year: int | None = None,
    commune: Unit | None = None,
    id_number: str = "",
    user=None,
) -> list[Match]:
    """Known exemplars that may be this one, surest first; with `user` only those they may see."""
    rows = Exemplar.objects.visible_to(user) if user else Exemplar.objects.all()
    hashed = keyed_hash(id_number)
    wanted = Q(name_key=name_key(full_name))
    first = fold(full_name)[:3]
    if commune:
        wanted |= Q(commune=commune, search_key__startswith=first)
    if hashed:
        wanted |= Q(identity__id_hash=hashed)
    near = rows.filter(wanted).select_related("unit", "commune", "identity")[:50]
    told = [Match(row, _why(row, full_name, birth_year, commune, hashed)) for row in near]
    return sorted(filter(lambda match: match.why, told), key=_surest_first)


def _surest_first(match: Match) -> int:
    """Reasons weigh by how many there are; one ID number outweighs them all."""
    return -10 if match.why == SAME_ID else -match.why.count(",")


def _why(row, full_name, birth_year, commune, hashed) -> str:
    if hashed and getattr(row, "identity", None) and row.identity.id_hash == hashed:
        return SAME_ID
    if birth_year and row.birth_year and abs(birth_year - row.birth_year) > 1:
        return ""
    same_name = row.name_key == name_key(full_name)
    if not same_name and fuzz.ratio(fold(row.full_name), fold(full_name)) < CLOSE:
        return ""
    reasons = ["cùng tên" if same_name else "tên gần giống"]
    if birth_year and row.birth_year:
        reasons.append(f"sinh năm {row.birth_year}")
    if commune and row.commune_id == commune.pk:
        reasons.append(f"cùng {row.commune}")
    elif commune and row.commune_id and len(reasons) == 1:
        return ""  # a name alone, in another commune: hundreds of people share one
    return ", ".join(reasons)
