"""Work of several steps that no single transaction can hold: signing, and emptying the drop box.

Each step is an action or a file switch that may be done twice; killed in between, the next run goes on.
"""

import shutil

from django.conf import settings

from guong.core import calendar
from guong.core.policies import require
from guong.core.signing.places import Places
from guong.dropbox import collecting
from guong.publicity.models import StoryApproval
from guong.units.models import User

from . import actions, selectors
from .kinds import fixed
from .models import ReleaseRecord
from .release import builder, catalogue, publisher, withdrawal


def publish(*, by: User) -> ReleaseRecord:
    """What is approved now stands on the portal, signed by the signer's own process.

    Raises the sentences of `site.NotConfirmed`, `pictures.PictureGone`, `requests.Refused` and
    `publisher.NotPublished`.
    """
    require(by, "portal.publish")
    return _publish(selectors.built(calendar.now()), by)


def revert(*, to: int, by: User) -> ReleaseRecord:
    """The older release's content stands again under a new number, minus what may not come back.

    Raises as `publish`, and BadPage when the release is no longer kept.
    """
    require(by, "portal.publish")
    return _publish(selectors.reverted(to, calendar.now()), by)


def renew(*, by: User) -> ReleaseRecord:
    """After new keys: what stands, signed again under a new number. Raises as `publish`."""
    require(by, "portal.publish")
    number = catalogue.next_number(settings.HOME)
    made = publisher.renew(settings.HOME, number, calendar.now())
    return actions.publish(made=made, by=by)


def _publish(built: builder.Built, by: User) -> ReleaseRecord:
    before = catalogue.entries(settings.HOME, Places(settings.HOME).current_number())
    made = publisher.publish(settings.HOME, built)
    record = actions.publish(made=made, by=by)
    _forget_removed(before, made)
    return record


def _forget_removed(before: catalogue.Entries, made: publisher.Published) -> None:
    """What answers «đã gỡ» now leaves the store and every kept release, with each list that named it.

    Only what is gone altogether: the older text of a corrected story may still be gone back to.
    """
    if not made.removed:
        return
    now = catalogue.entries(settings.HOME, made.number)
    vanished = withdrawal.keys_of(before) - withdrawal.keys_of(now)
    withdrawal.purge(settings.HOME, vanished & withdrawal.keys_of(before, made.removed))
    shutil.rmtree(settings.HOME / "cache" / "sharecards", ignore_errors=True)  # drawn again at need


def take_down(*, approval: StoryApproval, by: User, reason: str) -> ReleaseRecord:
    """The story is off the portal and out of the store; one person is enough to remove."""
    actions.take_down(approval=approval, by=by, reason=reason)
    return publish(by=by)


def refresh_numbers(*, by: User) -> ReleaseRecord | None:
    """The readings of days that are over stand on the portal; None when nothing is new.

    Only this one page is made again; the signer asks nobody about numbers.
    """
    today = calendar.today()
    actions.count_readings(days=collecting.readings(today), by=by)
    collecting.forget_readings(today)
    standing = Places(settings.HOME).current_number()
    if standing is None:
        return None
    page, entries = fixed.numbers(), catalogue.entries(settings.HOME, standing)
    if entries.get(page.name, {}).get("custom") == page.custom():
        return None
    number = catalogue.next_number(settings.HOME)
    return _publish(builder.amend(settings.HOME, [page], number, calendar.now()), by)


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
