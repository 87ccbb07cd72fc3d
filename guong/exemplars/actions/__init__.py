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
from .identity import (
    read_identity,
    record_identity,
)
from .movements import (
    confirm_movement,
    enter_movement,
)
from .pairs import (
    judge,
    merge,
    undo_merge,
)
from .records import (
    add,
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
    "add_evidence",
    "confirm_movement",
    "declare_conflict",
    "describe",
    "enter_movement",
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
    "revise_claim",
    "set_picture",
    "state_claim",
    "strike_distinction",
    "take_back",
    "undo_merge",
    "withdraw_consent",
]
