"""Everything that changes a life record. Upper rooms write through these."""

from .claims import (
    CLAIM_FIELDS,
    add_evidence,
    record_check,
    revise_claim,
    state_claim,
)
from .consents import (
    declare_conflict,
    lift_hold,
    place_hold,
    record_consent,
    withdraw_consent,
)
from .distinctions import (
    record_distinction,
    strike_distinction,
)
from .ethnic_groups import (
    add_ethnic_group,
    rename_ethnic_group,
    switch_ethnic_group,
    verify_ethnic_group,
)
from .identity import (
    read_identity,
    record_identity,
)
from .movements import (
    confirm_movement,
    enter_movement,
)
from .pairs import (
    find_pairs,
    judge,
    merge,
    undo_merge,
)
from .records import (
    add,
    add_all,
    describe,
    finish_batch,
    mark_recognised,
    mark_revoked,
    set_picture,
    take_back,
)

__all__ = [
    "CLAIM_FIELDS",
    "add",
    "add_all",
    "add_ethnic_group",
    "add_evidence",
    "confirm_movement",
    "declare_conflict",
    "describe",
    "enter_movement",
    "find_pairs",
    "finish_batch",
    "judge",
    "lift_hold",
    "mark_recognised",
    "mark_revoked",
    "merge",
    "place_hold",
    "read_identity",
    "record_check",
    "record_consent",
    "record_distinction",
    "record_identity",
    "rename_ethnic_group",
    "revise_claim",
    "set_picture",
    "state_claim",
    "strike_distinction",
    "switch_ethnic_group",
    "take_back",
    "undo_merge",
    "verify_ethnic_group",
    "withdraw_consent",
]
