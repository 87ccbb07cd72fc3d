"""The bytes a signature stands for: OLPC canonical JSON, written by the C encoder of the library.

tuf's own writer is plain Python and takes most of the time a list of a hundred thousand files costs.
"""

import json
import re

from tuf.api.metadata import Metadata, Signed
from tuf.api.serialization import SignedSerializer
from tuf.api.serialization.json import CanonicalJSONSerializer

EXACT = CanonicalJSONSerializer()
# Where JSON and its canonical dialect may differ: signs that JSON escapes, fractions.
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
