"""Everything that changes what the public sees, and the sorting of what the public sent."""

from django.conf import settings
from django.db import transaction

from guong.core import calendar, files, journal
from guong.core.policies import require
from guong.core.vietnamese import fold
from guong.discovery import actions as discovery
from guong.discovery.models import Lead
from guong.dropbox import collecting
from guong.dropbox.models import Submission
from guong.publicity import actions as publicity
from guong.publicity.models import StoryApproval
from guong.units.models import Unit, User

from . import selectors
from .kinds import stories
from .models import ReleaseRecord, SiteInput
from .release import publisher
from .site import package_hash


@transaction.atomic
def confirm_package(*, by: User) -> SiteInput:
    """A first administrator has looked at the package's own pages as they are now."""
    require(by, "portal.confirm_package")
    confirmation, made = SiteInput.objects.get_or_create(
        sha256=package_hash(), defaults={"confirmed_by": by}
    )
    if made:
        journal.record("portal.package_confirmed", confirmation, by=by)
    return confirmation


@transaction.atomic
def second_package(*, confirmation: SiteInput, by: User) -> SiteInput:
    """A second administrator agrees; from here releases may carry these pages."""
    confirmation = SiteInput.objects.select_for_update().get(pk=confirmation.pk)
    require(by, "portal.second_package", confirmation)
    if confirmation.second_by_id is None:
        confirmation.second_by, confirmation.second_at = by, calendar.now()
        confirmation.save()
        journal.record("portal.package_seconded", confirmation, by=by)
    return confirmation


def publish(*, by: User) -> ReleaseRecord:
    """What is approved now stands on the portal, signed; its stories carry today's date.

    Not one transaction: the signer is a process of its own. Killed in between, the next run finds
    the same release standing and only writes what is missing. Raises the sentences of
    `site.NotConfirmed`, `pictures.PictureGone`, `signing.requests.Refused` and `publisher.NotPublished`.
    """
    require(by, "portal.publish")
    built = selectors.built(calendar.now())
    made = publisher.publish(settings.HOME, built)
    return _remember(made, by)


@transaction.atomic
def _remember(made, by: User) -> ReleaseRecord:
    record, _ = ReleaseRecord.objects.update_or_create(
        number=made.number,
        defaults={
            "published_by": by,
            "published_at": made.at,
            "added": list(made.added),
            "changed": list(made.changed),
            "removed": list(made.removed),
        },
    )
    day = calendar.today()
    for approval in StoryApproval.objects.public().filter(released_on=None):
        publicity.mark_released(approval=approval, on=day, by=by)
    journal.record("portal.published", record, by=by, number=made.number)
    return record


def take_down(*, approval: StoryApproval, by: User, reason: str) -> ReleaseRecord:
    """The story is off the portal and out of the store; one person is enough to remove."""
    require(by, "portal.take_down")
    path = stories.path_of(approval)
    publicity.withdraw(approval=approval, by=by, reason=reason)
    record = publish(by=by)
    journal.record("portal.taken_down", record, by=by, subject=approval.exemplar, path=path)
    return record


def sort_intake(*, by: User) -> int:
    """Move what the drop box holds into the office; return how many rows came over.

    A row is deleted from the intake only after the office has it; moved twice, it stays one lead.
    """
    require(by, "portal.sort_intake")
    moved = 0
    for submission in collecting.waiting():
        with transaction.atomic():
            _take_in(submission, by)
        collecting.forget(submission)
        moved += 1
    return moved


def _take_in(submission: Submission, by: User) -> Lead:
    words = submission.payload
    lead = discovery.receive(
        by=by,
        source=Lead.Source.CITIZEN,
        who=words["who"],
        where=words["where"],
        what=words["what"],
        contact=words["contact"],
        unit=nearest_unit(words["commune"]),
        file=_file(submission, by),
        intake_id=submission.pk,
        code=submission.code,
    )
    journal.record("portal.intake_sorted", lead, by=by)
    return lead


def nearest_unit(place: str) -> Unit:
    """The commune the citizen chose, or the Board's department when none can be told."""
    chosen = Unit.objects.standing().communes().filter(search_key=fold(place)).first()
    return chosen or Unit.objects.get(code="SNV")


def _file(submission: Submission, by: User):
    """The first file of a tip; only the officer who handles it may open it."""
    for entry, place in collecting.files_of(submission):
        with place.open("rb") as opened:
            return files.store(
                opened, name=entry["name"], content_type="application/octet-stream", by=by
            )
    return None
