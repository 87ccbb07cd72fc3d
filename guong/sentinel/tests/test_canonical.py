"""What is signed is what tuf itself would sign, whatever stands in the list."""

from datetime import UTC, datetime

import pytest
from tuf.api.metadata import TargetFile, Targets
from tuf.api.serialization import SerializationError
from tuf.api.serialization.json import CanonicalJSONSerializer

from guong.sentinel import canonical

LATER = datetime(2036, 11, 26, tzinfo=UTC)


def listed(told: object) -> Targets:
    entry = TargetFile(1, {"sha256": "a" * 64}, "x", {"custom": {"told": told}})
    return Targets(7, "1.0.31", LATER, {"chuyện/bà-mẫu.html": entry})


@pytest.mark.parametrize(
    "told",
    [
        "Bà Rơ Châm H'Mẫu \u2028 \x7f 🌾",
        'trong ngoặc "kép", gạch \\ chéo',
        "hai\ndòng, một\ttab, một \x00",
        {"ồ": 1, "o": -2, "O": [True, False, None, [], {}]},
        ["1.5", "e", 10**30],
    ],
)
def test_the_same_bytes_as_the_library(told):
    assert canonical.CANONICAL.serialize(listed(told)) == CanonicalJSONSerializer().serialize(
        listed(told)
    )


def test_the_fast_way_is_the_usual_one(monkeypatch):
    monkeypatch.setattr(canonical, "EXACT", None)

    assert b"H'M" in canonical.CANONICAL.serialize(listed("H'Mẫu"))


def deep(levels: int) -> list:
    found: list = []
    for _ in range(levels):
        found = [found]
    return found


@pytest.mark.parametrize(
    "told", [1.5, [1e300], float("nan"), "\ud800", {"a": object()}, deep(5_000)]
)
def test_the_same_refusals_as_the_library(told):
    with pytest.raises(SerializationError):
        canonical.CANONICAL.serialize(listed(told))
