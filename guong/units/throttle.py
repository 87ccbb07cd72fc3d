"""How long a login must wait after wrong passwords."""

import datetime

from axes.models import AccessAttempt
from django.shortcuts import render

FIRST = datetime.timedelta(seconds=30)
LONGEST = datetime.timedelta(minutes=15)


def wait(failures: int, limit: int = 5) -> datetime.timedelta:
    """30 s after the fifth failure, doubling, 15 minutes at the most; never for ever."""
    doubled = FIRST * 2 ** min(max(failures - limit, 0), 5)
    return min(doubled, LONGEST)


def cool_off(request=None) -> datetime.timedelta:
    """What axes asks: the wait for this account's present number of failures."""
    name = request.POST.get("login", "") if request is not None else ""
    attempt = AccessAttempt.objects.filter(username=name).order_by("-failures_since_start").first()
    return wait(attempt.failures_since_start if attempt else 0)


def refused(request, response=None, credentials=None):
    """The page somebody sees while the account waits; the same for known and unknown names."""
    minutes = max(1, round(cool_off(request).total_seconds() / 60))
    return render(request, "account/waiting.html", {"minutes": minutes}, status=429)
