"""A record that moves through named states, along declared moves only."""

from typing import ClassVar

from django.db import models

from guong.core import calendar


class IllegalMove(Exception):
    """The record cannot go from its present state to the one asked for."""

    message = "Hồ sơ không còn ở trạng thái cho phép việc này. Tải lại trang để xem trạng thái mới."


class Stateful(models.Model):
    """Subclasses declare `State`, a `state` field and `MOVES`, the map of legal moves."""

    MOVES: ClassVar[dict[str, set[str]]] = {}

    state: str
    state_since = models.DateTimeField("từ lúc", default=calendar.now, editable=False)

    class Meta:
        abstract = True

    def can_move_to(self, new_state: str) -> bool:
        return new_state in self.MOVES.get(self.state, set())

    def move_to(self, new_state: str) -> str:
        """Set the state (unsaved) and return the one it left."""
        if not self.can_move_to(new_state):
            raise IllegalMove(f"{self._meta.label} {self.pk}: {self.state} → {new_state}")
        old_state, self.state, self.state_since = self.state, new_state, calendar.now()
        return old_state
