"""What an exemplar was given before, by whomever: said from a document, struck out when mistaken."""

from django.core.exceptions import ValidationError
from django.db import transaction

from guong.core import calendar, journal
from guong.core.policies import require
from guong.units.models import User

from ..models import Distinction, Exemplar


@transaction.atomic
def record_distinction(*, exemplar: Exemplar, by: User, **fields) -> Distinction:
    """One earlier distinction: title, given_by, given_on, document. The dated rules count it.

    Raises ValidationError for a day that has not come, and for one that stands there already.
    """
    require(by, "exemplars.record_distinction", exemplar)
    if (on := fields.get("given_on")) and on > calendar.today():
        raise ValidationError({"given_on": "Ngày này chưa tới. Xem lại ngày trên văn bản."})
    if exemplar.distinctions.filter(title=fields["title"], given_on=on).exists():
        raise ValidationError({"title": "Đã ghi rồi: cùng danh hiệu, cùng ngày."})
    made = Distinction.objects.create(exemplar=exemplar, **fields)
    journal.record("exemplars.distinction_recorded", made, by=by, subject=exemplar, text=made.title)
    return made


@transaction.atomic
def strike_distinction(*, distinction: Distinction, by: User) -> None:
    """It was written by mistake; the journal keeps what stood there."""
    exemplar = distinction.exemplar
    require(by, "exemplars.strike_distinction", exemplar)
    journal.record(
        "exemplars.distinction_struck", distinction, by=by, subject=exemplar, text=distinction.title
    )
    distinction.delete()
