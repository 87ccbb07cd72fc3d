"""What the clock starts."""

from django.core.mail import send_mail
from django.utils.timezone import localtime
from django_tasks import task

from guong.core import calendar, queue
from guong.units.models import User

from . import guarding, publishing, selectors
from .models import GuardFinding


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


def _tell_of(made: list[GuardFinding]) -> None:
    acting = User.objects.holding("administrator") | User.objects.holding("editor")
    recipients = sorted(acting.exclude(email="").values_list("email", flat=True).distinct())
    if recipients:
        shown = sum(one.is_public for one in made)
        send_mail(
            subject="Cổng công khai: lớp gác thấy chữ lạ khi đọc lại",
            message=f"Đêm qua lớp gác đọc lại mọi nội dung và giữ {len(made)} chỗ, trong đó {shown} chỗ "
            "đang ở trên cổng hoặc sắp lên. Không có gì bị gỡ. Mở mục «Lớp gác» trên trang "
            "«Cổng công khai» để xem từng chỗ, sửa hoặc cho qua kèm lý do.",
            from_email=None,
            recipient_list=recipients,
        )


def warn_of_timestamp() -> int:
    """Write to the administrators while the signer does not refresh the timestamp; return how many."""
    now = calendar.now()
    left = selectors.timestamp_left(now)
    if left is None or not selectors.is_timestamp_ill(left):
        return 0
    administrators = User.objects.holding("administrator").exclude(email="").distinct()
    recipients = sorted(administrators.values_list("email", flat=True))
    if recipients:
        until = localtime(now + left).strftime("%H:%M ngày %d/%m/%Y")
        send_mail(
            subject="Cổng công khai: dấu thời gian không được ký lại",
            message=f"Dấu thời gian của cổng có giá trị tới {until} mà chưa được ký lại. "
            "Kiểm tra tiến trình «bộ ký» trên máy chủ; cổng vẫn đọc được, nhưng quá giờ ấy "
            "người kiểm tra sẽ thấy «quá hạn».",
            from_email=None,
            recipient_list=recipients,
        )
    return len(recipients)
