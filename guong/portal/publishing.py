"""Work of several steps that no single transaction can hold: signing, and emptying the drop box.

Each step is an action or a file switch that may be done twice; killed in between, the next run goes on.
"""

import logging

from django.conf import settings

from guong.core import calendar
from guong.core.policies import require
from guong.core.signing.places import Places
from guong.core.signing.rules import address
from guong.dropbox import collecting
from guong.publicity.models import StoryApproval
from guong.units.models import User

from . import actions, caches, gate, guarding, outlook, removal, selectors
from .kinds import fixed
from .models import ReleaseRecord
from .pictures import PictureGone
from .release import builder, catalogue, publisher, withdrawal
from .release.pages import BadPage
from .site import NotConfirmed

log = logging.getLogger(__name__)


def publish(*, by: User) -> ReleaseRecord:
    """What is approved now stands on the portal, signed by the signer's own process.

    What somebody has just looked at is signed as it was shown, unless something has happened since.
    Raises the sentences of `site.NotConfirmed`, `pictures.PictureGone`, `requests.Refused`,
    `publisher.NotPublished` and `gate.Held`; what is held stands on the desk then.
    """
    require(by, "portal.publish")
    now = calendar.now()
    try:
        built = outlook.prepared(now) or selectors.built(now)
    except gate.Held as held:
        guarding.note(held.found, by)
        raise
    return _publish(built, by)


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


def _publish(
    built: builder.Built,
    by: User,
    *,
    noted: frozenset[str] = frozenset(),
    more_follows: bool = False,
) -> ReleaseRecord:
    """`noted`: inputs listed as take-downs before. `more_follows`: the next one forgets for both."""
    before = catalogue.entries(settings.HOME, Places(settings.HOME).current_number())
    if doomed := removal.forbidden(withdrawal.keys_of(before)):
        withdrawal.owe(settings.HOME, doomed)  # before the switch: after it nothing shows them
        actions.note_take_downs(keys=doomed - noted, by=by)
    made = publisher.publish(settings.HOME, built)
    record = actions.publish(made=made, by=by)
    _owe_removed(before, made)
    if not more_follows:
        _forget_owed()
    return record


def _owe_removed(before: catalogue.Entries, made: publisher.Published) -> None:
    """Written down what must leave every kept copy with the pages that stand no longer.

    Of what merely stands no longer only that which answers «đã gỡ»: the older text of a corrected
    story may still be gone back to.
    """
    if removed := withdrawal.keys_of(before, made.removed):
        removed -= withdrawal.keys_of(catalogue.entries(settings.HOME, made.number))
    others = {key for key in removed if key.partition(":")[0] not in removal.MAY_BE_SHOWN}
    if others:
        withdrawal.owe(settings.HOME, others)


def _forget_owed() -> None:
    """What may no longer be shown leaves the store, every kept release and list, and the caches."""
    doomed = withdrawal.owed(settings.HOME)
    if not doomed:
        return
    withdrawal.purge(settings.HOME, doomed)
    now = catalogue.entries(settings.HOME, Places(settings.HOME).current_number())
    stands = {name for name, entry in now.items() if entry["custom"].get("status") != 410}
    caches.forget_all_but({address(name) for name in stands})
    withdrawal.paid(settings.HOME)


def take_down(*, approval: StoryApproval, by: User, reason: str) -> ReleaseRecord | None:
    """The story is off the portal and out of the store; one person is enough to remove.

    If the signer is silent the story is withdrawn all the same, and the clock tries again.
    """
    actions.take_down(approval=approval, by=by, reason=reason)
    return remove_overdue(by=by)


def remove_overdue(*, by: User) -> ReleaseRecord | None:
    """Whatever stands and may no longer be shown is off the portal, and nothing else changes there.

    A consent withdrawn or run out, a hold, a revocation, a comment set aside, a story taken down. None
    when there is nothing to remove. Where lists cannot be made anew, or are so many that it takes a
    minute, the pages themselves go at once.
    """
    require(by, "portal.publish")
    found = removal.overdue()
    if not found:
        _forget_owed()  # of a release whose maker was killed
        return None
    actions.note_take_downs(keys=found.keys, by=by)  # listed though the signer may be silent
    noted: frozenset[str] = frozenset()
    if removal.is_large() and (built := removal.buried(found, calendar.now())):
        _publish(built, by, more_follows=True)
        found, noted = removal.overdue(), found.keys  # what still names them: lists, search, feeds
    try:
        built = removal.reduced(found, calendar.now())
    except (NotConfirmed, PictureGone, BadPage) as refusal:
        log.warning("lists still name what was removed: %s", refusal)
        built = removal.buried(found, calendar.now())
    if built is None:
        _forget_owed()
        return None
    return _publish(built, by, noted=noted)


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
