"""Everything that changes a dated rule."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from guong.core import calendar, journal
from guong.core.policies import require
from guong.core.vietnamese import clean_line, fold
from guong.units.models import User

from ..models import Rule, RuleOverride
from ..models.criteria import pack_kinds

REASON_LENGTH = 20  # letters: «đồng ý» tells an inspector nothing


@transaction.atomic
def add_rule(
    *,
    by: User,
    name: str,
    kind: str,
    counted: str,
    article: str,
    number: Decimal | None = None,
    award: str = "",
    kinds: list[str] | None = None,
    comparison: str = "at_least",
    is_consecutive: bool = False,
    counted_on: str = "",
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
    source: str = "",
    replaces: Rule | None = None,
) -> Rule:
    """A rule stands as data: unverified, and switched off until somebody switches it on.

    `replaces`: the rule it takes over from; that one ends the day before this one begins.
    """
    require(by, "direction.add_rule")
    _check(kind=kind, number=number, counted_on=counted_on, start=valid_from, end=valid_until)
    made = Rule.objects.create(
        name=clean_line(name),
        kind=kind,
        award=clean_line(award),
        award_key=fold(clean_line(award)),
        subject_kinds=pack_kinds(kinds or []),
        counted=clean_line(counted),
        counted_key=fold(clean_line(counted)),
        number=None if kind == Rule.Kind.DENOMINATOR else number,
        comparison=comparison,
        is_consecutive=is_consecutive,
        counted_on=clean_line(counted_on),
        article=clean_line(article),
        valid_from=valid_from,
        valid_until=valid_until,
        source=source,
        added_by=by,
        **_taken_over(replaces, valid_from),
    )
    journal.record("direction.rule_added", made, by=by, subject=made)
    return made


@transaction.atomic
def verify_rule(*, rule: Rule, by: User) -> Rule:
    """A second person has held the rule against the article it cites."""
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    require(by, "direction.verify_rule", rule)
    if rule.is_verified:
        raise ValidationError("Quy định này đã được xác minh.")
    rule.verified_by, rule.verified_on = by, calendar.today()
    rule.save()
    journal.record("direction.rule_verified", rule, by=by, subject=rule)
    return rule


@transaction.atomic
def switch_rule(*, rule: Rule, by: User, on: bool) -> Rule:
    """The rule speaks from now on, or is silent."""
    rule = Rule.objects.select_for_update().get(pk=rule.pk)
    require(by, "direction.switch_rule", rule)
    rule.is_switched_on = on
    rule.save()
    journal.record("direction.rule_switched", rule, by=by, subject=rule, on=on)
    return rule


@transaction.atomic
def override_rule(
    *, rule: Rule, subject: Model, by: User, reason: str, about: Model | None = None
) -> RuleOverride:
    """This one dossier may pass the rule it does not meet; the reason is listed.

    `subject`: the dossier, of whatever room. `about`: on whose timeline the line stands.
    """
    require(by, "direction.override_rule", subject)
    if len(reason.strip()) < REASON_LENGTH:
        raise ValidationError({"reason": "Nói rõ vì sao cho qua (ít nhất hai mươi chữ cái)."})
    kind = subject._meta.label_lower
    made, is_new = RuleOverride.objects.get_or_create(
        rule=rule,
        subject_kind=kind,
        subject_id=subject.pk,
        defaults={"reason": reason.strip(), "by": by, "on": calendar.today()},
    )
    if not is_new:
        raise ValidationError("Hồ sơ này đã được cho qua quy định này.")
    journal.record(
        "direction.rule_overridden",
        made,
        by=by,
        subject=about or subject,
        text=reason,
        rule=rule.pk,
        dossier=journal.ref(subject),
    )
    return made


def _check(*, kind, number, counted_on, start, end) -> None:
    wrong = {}
    if kind == Rule.Kind.DENOMINATOR:
        if not counted_on.strip():
            wrong["counted_on"] = "Nêu tỷ lệ phải tính trên số nào."
    elif number is None or number < 0:
        wrong["number"] = "Nêu con số của quy định."
    elif kind == Rule.Kind.THRESHOLD and number > 100:
        wrong["number"] = "Tỷ lệ không quá 100 %."
    if start and end and end < start:
        wrong["valid_until"] = "Ngày hết phải sau ngày bắt đầu."
    if wrong:
        raise ValidationError(wrong)


def _taken_over(replaces: Rule | None, start: datetime.date | None) -> dict:
    if replaces is None:
        return {}
    held = Rule.objects.select_for_update().get(pk=replaces.pk)
    if start is None or (held.valid_from and held.valid_from >= start):
        raise ValidationError({"valid_from": "Nêu ngày bắt đầu, sau ngày của quy định bị thay."})
    if Rule.objects.filter(replaces=held).exists():
        raise ValidationError("Quy định này đã có quy định khác thay.")
    held.valid_until = start - datetime.timedelta(days=1)
    held.save()
    return {"replaces": held, "key": held.key}
