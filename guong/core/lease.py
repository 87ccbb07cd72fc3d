"""One process at a time does the timed work."""

import datetime

from django.db import transaction

from guong.core import calendar

from .models import Lease

LENGTH = datetime.timedelta(seconds=45)


@transaction.atomic
def hold(name: str, holder: str) -> bool:
    """Take or renew the lease; False when somebody else holds it."""
    now = calendar.now()
    lease, made = Lease.objects.select_for_update().get_or_create(
        name=name, defaults={"holder": holder, "until": now + LENGTH}
    )
    if made:
        return True
    if lease.holder != holder and lease.until > now:
        return False
    lease.holder, lease.until = holder, now + LENGTH
    lease.save()
    return True


def release(name: str, holder: str) -> None:
    """Let go, so that the next process need not wait."""
    Lease.objects.filter(name=name, holder=holder).delete()
