"""What this room announces: a finished hand-over, heard by rooms above."""

from django.dispatch import Signal

signed = Signal()  # decision=Decision, by=User
revoked = Signal()  # decision=Decision, by=User
