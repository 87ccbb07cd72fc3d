"""Chapter D of the report: told."""

from guong.publicity.models import StoryApproval

from .base import Indicator, within


def stories_released(period, unit):
    """Số bài về điển hình đã được duyệt và lên cổng trong kỳ.

    Tính theo ngày lên cổng; bài sửa và duyệt lại vẫn là một bài, bản tiếng khác không tính thêm;
    bài gỡ vì rút đồng ý hoặc thu hồi ngay trong kỳ không tính.
    """
    gone = {"withdrawn_on__range": (period.start, period.end)}
    told = StoryApproval.objects.counted(period).filter(page__original=None)
    return within(told.exclude(**gone), unit, "exemplar__unit__path")


INDICATORS = [
    Indicator("D1", "Số bài tuyên truyền đã đăng trên cổng", "bài", stories_released),
]
