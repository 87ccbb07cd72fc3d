"""Slow work, done after the answer has gone out. A job takes ids and may run twice."""

from django.core.mail import send_mail
from django_tasks import task

from guong.core import calendar

from .models import Notice


@task()
def deliver(*notice_ids: int) -> int:
    """Send the letters of these notices, each to its receiver alone; return how many went out."""
    waiting = Notice.objects.filter(pk__in=notice_ids, mailed_at=None).select_related("to")
    sent = 0
    for notice in waiting.order_by("pk"):
        send_mail(
            subject=notice.letter_subject,
            message=notice.letter_text,
            from_email=None,
            recipient_list=[notice.to.email],
        )
        Notice.objects.filter(pk=notice.pk).update(mailed_at=calendar.now())
        sent += 1
    return sent
