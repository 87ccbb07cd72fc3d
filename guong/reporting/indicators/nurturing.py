"""Chapter C of the report: nurtured."""

from guong.nurturing.models import Visit

from .base import Indicator, exemplars_of


def exemplars_nurtured(period, unit):
    """Số điển hình được đến thăm, bồi dưỡng ít nhất một lần trong kỳ.

    Một điển hình được thăm nhiều lần trong kỳ chỉ được tính một lần.
    """
    return exemplars_of(Visit.objects.counted(period), unit)


INDICATORS = [
    Indicator("C1", "Số điển hình được bồi dưỡng", "điển hình", exemplars_nurtured),
]
