"""Work of the clock."""

import datetime

from guong.core import calendar
from guong.units.models import User

from . import actions
from .models import GuidedDraft

KEPT = datetime.timedelta(days=90)


def forget_drafts() -> int:
    """Drafts nobody has touched for ninety days go, with their files; return how many. Run by tick."""
    old = GuidedDraft.objects.filter(kept_at__lt=calendar.now() - KEPT)
    for draft in old:
        actions.drop_guided(draft=draft, by=User.objects.system())
    return len(old)
