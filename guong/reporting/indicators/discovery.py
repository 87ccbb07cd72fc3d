"""Chapter B of the report: discovered and introduced."""

from guong.nomination.models import Nomination

from .base import Indicator, exemplars_of


def exemplars_introduced(period, unit):
    """Số điển hình được đơn vị giới thiệu trong kỳ bằng hồ sơ đề cử đã gửi và chưa rút.

    Một điển hình có nhiều hồ sơ trong kỳ chỉ được tính một lần, theo ngày giới thiệu.
    """
    sent = Nomination.objects.exclude(state__in=["draft", "withdrawn"]).filter(
        exemplar__introduced_on__range=(period.start, period.end)
    )
    return exemplars_of(sent, unit)


INDICATORS = [
    Indicator("B1", "Số điển hình được phát hiện, giới thiệu", "điển hình", exemplars_introduced),
]
