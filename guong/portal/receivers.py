"""What the portal does when a room below announces something."""

from django.dispatch import receiver

from guong.discovery import signals

from . import actions


@receiver(signals.forgotten)
def forget_findings(lead, by, **kwargs):
    """What the guard quoted of a refused lead goes with the lead's own words."""
    actions.forget_findings(record=lead, by=by)
