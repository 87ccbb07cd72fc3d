"""What this room announces: a finished hand-over, heard by rooms above."""

from django.dispatch import Signal

forgotten = Signal()  # lead=Lead, by=User
