"""Chapter B of the report: recognised."""

from guong.recognition.models import Decision

from .base import Indicator, exemplars_of


def exemplars_recognised(period, unit):
    """Số điển hình có quyết định công nhận ký trong kỳ, chưa bị thu hồi trong kỳ.

    Một điển hình có nhiều quyết định trong kỳ chỉ được tính một lần.
    """
    return exemplars_of(Decision.objects.counted(period), unit)


INDICATORS = [
    Indicator("B4", "Số điển hình được công nhận", "điển hình", exemplars_recognised),
]
