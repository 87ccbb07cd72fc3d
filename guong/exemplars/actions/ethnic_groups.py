"""Everything that changes the list of peoples."""

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.core.vietnamese import clean_line, fold
from guong.units.models import User

from ..models import EthnicGroup


@transaction.atomic
def add_ethnic_group(
    *, by: User, name: str, source: str, aliases: list[str] | None = None
) -> EthnicGroup:
    """The people can be chosen; it is unverified until somebody else has looked."""
    require(by, "exemplars.add_ethnic_group")
    name = clean_line(name)
    spelt = _spellings(name, aliases or [])
    _check(name, spelt, source)
    made = EthnicGroup.objects.create(
        name=name, aliases=spelt, source=clean_line(source), changed_by=by
    )
    journal.record("exemplars.ethnic_group_added", made, by=by)
    return made


@transaction.atomic
def rename_ethnic_group(
    *, group: EthnicGroup, by: User, name: str, source: str, aliases: list[str] | None = None
) -> EthnicGroup:
    """The people is called so from now on; the old name stays a spelling, unverified once more.

    What was recorded under the old name is neither opened nor changed: it is counted under the new one.
    """
    group = EthnicGroup.objects.select_for_update().get(pk=group.pk)
    require(by, "exemplars.rename_ethnic_group", group)
    name = clean_line(name)
    spelt = _spellings(name, [*(aliases or []), group.name])
    _check(name, spelt, source, but=group)
    group.name, group.aliases = name, spelt
    group.source, group.changed_by = clean_line(source), by
    group.verified_by, group.verified_on = "", None
    group.save()
    journal.record("exemplars.ethnic_group_renamed", group, by=by)
    return group


@transaction.atomic
def verify_ethnic_group(*, group: EthnicGroup, by: User) -> EthnicGroup:
    """A second person has held name and spellings against the source."""
    group = EthnicGroup.objects.select_for_update().get(pk=group.pk)
    require(by, "exemplars.verify_ethnic_group", group)
    if group.verified_on:
        raise ValidationError("Tên này đã được xác minh.")
    group.verified_by, group.verified_on = by.full_name[:120], calendar.today()
    group.save()
    journal.record("exemplars.ethnic_group_verified", group, by=by)
    return group


@transaction.atomic
def switch_ethnic_group(*, group: EthnicGroup, by: User, on: bool) -> EthnicGroup:
    """The people can be chosen again, or no longer; what was recorded stays."""
    group = EthnicGroup.objects.select_for_update().get(pk=group.pk)
    require(by, "exemplars.switch_ethnic_group", group)
    group.valid_to = None if on else calendar.today()
    group.save()
    journal.record("exemplars.ethnic_group_switched", group, by=by, on=on)
    return group


def _check(name: str, aliases: list[str], source: str, but: EthnicGroup | None = None) -> None:
    wrong = {}
    others = EthnicGroup.objects.exclude(pk=but.pk if but else None)
    taken = {fold(spelt): called for spelt, called in others.names_by_spelling().items()}
    if not name:
        wrong["name"] = "Chưa có: tên."
    elif fold(name) in taken:
        wrong["name"] = f"Đã có «{taken[fold(name)]}». Muốn viết khác thì sửa tên ấy."
    for alias in aliases:
        if fold(alias) in taken:
            wrong["aliases"] = f"«{alias}» đang là cách viết của «{taken[fold(alias)]}»."
    if not source.strip():
        wrong["source"] = "Nêu văn bản, bảng danh mục có tên này."
    if wrong:
        raise ValidationError(wrong)


def _spellings(name: str, given: list[str]) -> list[str]:
    return [spelt for spelt in dict.fromkeys(map(clean_line, given)) if spelt and spelt != name]
