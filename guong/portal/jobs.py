"""What the clock starts."""

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django_tasks import task

from guong.core import calendar, notices, queue
from guong.units.models import User
from guong.units.selectors import holders

from . import guarding, publishing, selectors
from .models import GuardFinding
from .release import publisher


def sort_intake() -> int:
    """The drop box is emptied into the office every few seconds."""
    return publishing.sort_intake(by=User.objects.system())


def remove_overdue() -> None:
    """What may no longer be shown is off the portal within a minute, whoever caused it."""
    publishing.remove_overdue(by=User.objects.system())


def refresh_numbers() -> None:
    """After midnight the portal shows how often each story was read."""
    publishing.refresh_numbers(by=User.objects.system())


def ask_for_rescan() -> None:
    """Once a night the guard reads everything again; that takes a while, so the worker does it."""
    if selectors.is_rescan_due(calendar.now()):
        queue.later("portal.jobs.rescan")


@task()
def rescan() -> int:
    """Read everything again and write to those who can act on it; return how much is newly found."""
    if not selectors.is_rescan_due(calendar.now()):
        return 0
    made = guarding.rescan(site=selectors.next_site(calendar.now()), by=User.objects.system())
    if made:
        _tell_of(made)
    return len(made)


def ask_to_clear() -> None:
    """Old releases are dropped when enough of them lie there: minutes of a large portal's worker."""
    if publisher.is_to_clear(settings.HOME):
        queue.later("portal.jobs.clear")


@task()
def clear() -> int:
    """Drop what is too old to go back to; return how many releases went."""
    return publisher.clear(settings.HOME) if publisher.is_to_clear(settings.HOME) else 0


def _tell_of(made: list[GuardFinding]) -> None:
    shown = sum(one.is_public for one in made)
    found = f"lớp gác đọc lại mọi nội dung và giữ {len(made)} chỗ, trong đó {shown} chỗ"
    notices.tell(
        "portal.rescanned",
        "portal.rescan",
        f"Đêm qua {found} đang ở trên cổng hoặc sắp lên.",
        to=holders("administrator", "editor"),
        url=reverse("portal:desk"),
        letter=notices.Letter(
            "Cổng công khai: lớp gác thấy chữ lạ khi đọc lại",
            f"Đêm qua {found} đang ở trên cổng hoặc sắp lên. Không có gì bị gỡ. Mở mục «Lớp gác» trên "
            "trang «Cổng công khai» để xem từng chỗ, sửa hoặc cho qua kèm lý do.",
        ),
    )


def warn_of_timestamp() -> int:
    """Tell the administrators while the signer does not refresh the timestamp; return how many."""
    now = calendar.now()
    left = selectors.timestamp_left(now)
    if left is None or not selectors.is_timestamp_ill(left):
        return 0
    until = localtime(now + left).strftime("%H:%M ngày %d/%m/%Y")
    return notices.tell(
        "portal.timestamp",
        "portal.timestamp",
        f"Dấu thời gian của cổng chỉ có giá trị tới {until} mà chưa được ký lại.",
        to=holders("administrator"),
        url=reverse("portal:desk"),
        letter=notices.Letter(
            "Cổng công khai: dấu thời gian không được ký lại",
            f"Dấu thời gian của cổng có giá trị tới {until} mà chưa được ký lại. "
            "Kiểm tra tiến trình «bộ ký» trên máy chủ; cổng vẫn đọc được, nhưng quá giờ ấy "
            "người kiểm tra sẽ thấy «quá hạn».",
        ),
    )
