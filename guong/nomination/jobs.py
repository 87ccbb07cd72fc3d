"""Slow work, done after the answer has gone out. A job takes ids and may run twice."""

import datetime

from django.core.mail import send_mail
from django.urls import reverse
from django_tasks import task

from guong.core import calendar
from guong.units.models import User

from . import actions
from .models import GuidedDraft, Nomination

KEPT = datetime.timedelta(days=90)


@task()
def tell_unit_it_came_back(nomination_id: int) -> int:
    """Write to everybody in the nominating unit; return how many were written to."""
    nomination = Nomination.objects.select_related("unit").get(pk=nomination_id)
    recipients = list(
        nomination.unit.accounts.exclude(email="").order_by("pk").values_list("email", flat=True)
    )
    if recipients:
        send_mail(
            # No name and no reason in a letter that leaves the office: they wait behind the login.
            subject="Có hồ sơ cần bổ sung",
            message=f"Hồ sơ số {nomination.pk} được trả lại: {reverse('nomination:inbox')}",
            from_email=None,
            recipient_list=recipients,
        )
    return len(recipients)


def forget_drafts() -> int:
    """Drafts nobody has touched for ninety days go, with their files; return how many. Run by tick."""
    old = GuidedDraft.objects.filter(kept_at__lt=calendar.now() - KEPT)
    for draft in old:
        actions.drop_guided(draft=draft, by=User.objects.system())
    return len(old)
