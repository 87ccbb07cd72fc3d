"""Work of several steps that no single transaction can hold: signing, and emptying the drop box.

Each step is an action or a file switch that may be done twice; killed in between, the next run goes on.
"""

from django.conf import settings

from guong.core import calendar
from guong.core.policies import require
from guong.dropbox import collecting
from guong.publicity.models import StoryApproval
from guong.units.models import User

from . import actions, selectors
from .models import ReleaseRecord
from .release import publisher


def publish(*, by: User) -> ReleaseRecord:
    """What is approved now stands on the portal, signed by the signer's own process.

    Raises the sentences of `site.NotConfirmed`, `pictures.PictureGone`, `requests.Refused` and
    `publisher.NotPublished`.
    """
    require(by, "portal.publish")
    built = selectors.built(calendar.now())
    return actions.publish(made=publisher.publish(settings.HOME, built), by=by)


def take_down(*, approval: StoryApproval, by: User, reason: str) -> ReleaseRecord:
    """The story is off the portal and out of the store; one person is enough to remove."""
    actions.take_down(approval=approval, by=by, reason=reason)
    return publish(by=by)


def sort_intake(*, by: User) -> int:
    """Move what the drop box holds into the office; return how many rows came over.

    A row and its files are deleted from the intake only after the office has them.
    """
    moved = 0
    for submission in collecting.waiting():
        actions.take_in(submission=submission, by=by)
        collecting.forget(submission)
        moved += 1
    collecting.sweep()
    return moved
