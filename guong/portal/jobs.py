"""What the clock starts."""

from django.core.mail import send_mail
from django.utils.timezone import localtime

from guong.core import calendar
from guong.units.models import User

from . import publishing, selectors


def sort_intake() -> int:
    """The drop box is emptied into the office every few seconds."""
    return publishing.sort_intake(by=User.objects.system())


def remove_overdue() -> None:
    """What may no longer be shown is off the portal within a minute, whoever caused it."""
    publishing.remove_overdue(by=User.objects.system())


def refresh_numbers() -> None:
    """After midnight the portal shows how often each story was read."""
    publishing.refresh_numbers(by=User.objects.system())


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
