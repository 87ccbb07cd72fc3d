"""The catalogue of figures. Codes are never reused."""

from . import discovery, honouring, nurturing, publicity, recognition, replication
from .base import Indicator

ALL: list[Indicator] = [
    *discovery.INDICATORS,
    *recognition.INDICATORS,
    *nurturing.INDICATORS,
    *publicity.INDICATORS,
    *replication.INDICATORS,
    *honouring.INDICATORS,
]
BY_CODE = {indicator.code: indicator for indicator in ALL}
