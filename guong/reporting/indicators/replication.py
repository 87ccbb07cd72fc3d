"""Chapter E of the report: replicated."""

from guong.replication.models import Adoption

from .base import Indicator, exemplars_of


def exemplars_replicated(period, unit):
    """Số điển hình được đơn vị khác bắt đầu học tập, làm theo trong kỳ.

    Một điển hình được nhiều nơi làm theo chỉ được tính một lần; nơi đã thôi không tính.
    """
    alive = Adoption.objects.counted(period).exclude(state=Adoption.State.DROPPED)
    return exemplars_of(alive, unit)


INDICATORS = [
    Indicator("E1", "Số điển hình được nhân rộng", "điển hình", exemplars_replicated),
]
