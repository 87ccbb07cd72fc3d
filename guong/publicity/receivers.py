"""What the newsroom does when a room below announces something."""

from django.dispatch import receiver

from guong.recognition import signals
from guong.units.models import User

from . import actions
from .models import StoryApproval


@receiver(signals.revoked)
def take_back_stories(decision, **kwargs):
    """A revoked recognition takes its stories along."""
    standing = StoryApproval.objects.filter(exemplar=decision.exemplar, state="approved")
    for approval in standing:
        actions.withdraw(
            approval=approval, by=User.objects.system(), reason="Đã thu hồi công nhận."
        )
