"""Chapter F of the report: honoured."""

from guong.honours.models import HonourEntry

from .base import Indicator, exemplars_of


def exemplars_honoured(period, unit):
    """Số điển hình được biểu dương, tôn vinh trong kỳ, đã có người thứ hai xác nhận.

    Một điển hình được tôn vinh nhiều lần trong kỳ chỉ được tính một lần.
    """
    return exemplars_of(HonourEntry.objects.counted(period), unit)


INDICATORS = [
    Indicator("F1", "Số điển hình được biểu dương, tôn vinh", "điển hình", exemplars_honoured),
]
