"""Everything that changes a directive, its tasks, a criteria set or a rule."""

from .criteria import (
    clone_set,
    draft_set,
    put_in_force,
    renew_set,
    retire_set,
    revise_set,
    verify_set,
)
from .directives import acknowledge, register
from .movements import confirm_movement, enter_movement
from .rules import add_rule, override_rule, switch_rule, verify_rule

__all__ = [
    "acknowledge",
    "add_rule",
    "clone_set",
    "confirm_movement",
    "draft_set",
    "enter_movement",
    "override_rule",
    "put_in_force",
    "register",
    "renew_set",
    "retire_set",
    "revise_set",
    "switch_rule",
    "verify_rule",
    "verify_set",
]
