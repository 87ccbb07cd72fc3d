"""The bytes a signature stands for: OLPC canonical JSON, written by the C encoder of the library.

tuf's own writer is plain Python and takes most of the time a list of a hundred thousand files costs.
"""

import json
import re

from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, Signed, Targets
from tuf.api.serialization import SignedSerializer
from tuf.api.serialization.json import CanonicalJSONSerializer

EXACT = CanonicalJSONSerializer()
# Where JSON and its canonical dialect may differ: signs that JSON escapes, fractions.
SIGNED = b'],"signed":'  # between the signatures and what they stand for, as we write it
DOUBTFUL = re.compile(r"\\|[:,\[]-?[0-9]+[.eE]")


class Canonical(SignedSerializer):
    """The same bytes as tuf's `CanonicalJSONSerializer`, or the same refusal."""

    def serialize(self, signed_obj: Signed) -> bytes:
        try:
            text = json.dumps(
                signed_obj.to_dict(),
                sort_keys=True,
                separators=(",", ":"),
                ensure_ascii=False,
                allow_nan=False,
            )
            if not DOUBTFUL.search(text):
                return text.encode()
        except (TypeError, ValueError, RecursionError):
            pass  # it says itself what it cannot write
        return EXACT.serialize(signed_obj)


CANONICAL = Canonical()


def signed_bytes(metadata: Metadata) -> bytes:
    """What the signatures of this file stand for."""
    return CANONICAL.serialize(metadata.signed)


class Opened:
    """A signed file as it was read. Raises DeserializationError where it is none."""

    def __init__(self, body: bytes):
        self.metadata, self._read = _taken_apart(body)

    def verify(self, by: Root | Targets, role: str) -> None:
        """Raise RepositoryError unless enough of the role's keys have signed it.

        Held against the very bytes that were read, where they stand in the file as they were signed;
        to write a long list out again takes longer than to read it.
        """
        signatures = self.metadata.signatures
        if self._read:
            try:
                by.verify_delegate(role, self._read, signatures)
            except RepositoryError:
                pass  # as good as any: another writer may set its blanks otherwise
            else:
                return
        by.verify_delegate(role, signed_bytes(self.metadata), signatures)


def _taken_apart(body: bytes) -> tuple[Metadata, bytes]:
    """The metadata, and the part of the bytes its signatures may stand for; empty when unsure."""
    signatures, found, rest = body.partition(SIGNED)
    told = rest[:-1]
    if found and rest.endswith(b"}") and b"\\" not in body:
        try:
            parts = json.loads((signatures + b"]}").decode()) | {
                "signed": json.loads(told.decode())
            }
            return Metadata.from_dict(parts), told
        except (
            ArithmeticError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
            RecursionError,
        ):
            pass  # the library says what is wrong with it
    return Metadata.from_bytes(body), b""
