"""Work of the clock."""

import datetime

from guong.core import calendar
from guong.units.models import User

from . import actions
from .models import GuidedDraft, Nomination
from .selectors import lapsed

KEPT = datetime.timedelta(days=90)


def forget_drafts() -> int:
    """Drafts nobody has touched for ninety days go, with their files; return how many. Run by tick."""
    old = GuidedDraft.objects.filter(kept_at__lt=calendar.now() - KEPT)
    for draft in old:
        actions.drop_guided(draft=draft, by=User.objects.system())
    return len(old)


def ask_anew() -> int:
    """Units that signed what a dossier no longer says are asked again; return how many. Run by tick.

    The life record a dossier speaks of is changed in rooms below, which know of no dossier.
    """
    joint = Nomination.objects.open().exclude(state=Nomination.State.SUBMITTED)
    found = [
        one for row in joint.filter(sign_offs__state="signed").distinct() for one in lapsed(row)
    ]
    for sign_off in found:
        actions.lapse(sign_off=sign_off, by=User.objects.system())
    return len(found)
