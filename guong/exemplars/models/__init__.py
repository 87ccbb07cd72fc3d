"""The life record: who it is, what is claimed and proven, who may know, who it might be as well."""

from .claims import Check, Claim, Evidence
from .exemplars import AccessGrant, Conflict, Consent, Distinction, Exemplar, Hold
from .matching import DeedMark, Judgement, Merge, NameMark, PairSearch, SuspectedPair
from .movements import MovementEntry
from .restricted import EthnicGroup, Identity, RestrictedValue

__all__ = [
    "AccessGrant",
    "Check",
    "Claim",
    "Conflict",
    "Consent",
    "DeedMark",
    "Distinction",
    "EthnicGroup",
    "Evidence",
    "Exemplar",
    "Hold",
    "Identity",
    "Judgement",
    "Merge",
    "MovementEntry",
    "NameMark",
    "PairSearch",
    "RestrictedValue",
    "SuspectedPair",
]
