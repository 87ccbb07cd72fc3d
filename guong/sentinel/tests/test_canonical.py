"""What is signed is what tuf itself would sign, whatever stands in the list."""

import json
from datetime import UTC, datetime

import pytest
from securesystemslib.signer import CryptoSigner
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import Metadata, Root, TargetFile, Targets
from tuf.api.serialization import DeserializationError, SerializationError
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


# --- Read and held against its signatures -------------------------------------
@pytest.fixture(scope="module")
def signer():
    return CryptoSigner.generate_ed25519()


@pytest.fixture(scope="module")
def root(signer):
    made = Root(1, "1.0.31", LATER)
    made.add_key(signer.public_key, "targets")
    return made


def signed(signer, told: object = "Mẫu") -> Metadata:
    made = Metadata(listed(told))
    made.sign(signer, signed_serializer=canonical.CANONICAL)
    return made


def plain(made: Metadata, **how) -> bytes:
    return json.dumps(made.to_dict(), **how).encode()


CLOSE = {"separators": (",", ":"), "sort_keys": True}


def test_a_file_as_we_write_it_is_held_against_the_bytes_that_were_read(signer, root, monkeypatch):
    opened = canonical.Opened(plain(signed(signer, "Mau"), ensure_ascii=False, **CLOSE))
    monkeypatch.setattr(canonical, "signed_bytes", None)

    opened.verify(root, "targets")

    assert opened.metadata.to_dict() == signed(signer, "Mau").to_dict()


@pytest.mark.parametrize(
    "how", [{"indent": 1, "sort_keys": True}, {"separators": (",", ":")}, CLOSE, {"indent": None}]
)
def test_however_it_is_written_it_is_the_same_file(signer, root, how):
    opened = canonical.Opened(plain(signed(signer), **how))

    opened.verify(root, "targets")

    assert opened.metadata.to_dict() == signed(signer).to_dict()


def test_what_was_changed_after_signing_is_refused_however_it_is_hidden(signer, root):
    told = plain(signed(signer, "Mau"), **CLOSE)
    other = plain(Metadata(listed("Khac")), **CLOSE).partition(canonical.SIGNED)[2]
    twice = told[:-1] + b',"signed":' + other  # the library reads the last one
    before = told.replace(canonical.SIGNED, canonical.SIGNED + other[:-1] + b',"signed":')

    for harmed in (told.replace(b"Mau", b"Khac"), twice):
        with pytest.raises(RepositoryError):
            canonical.Opened(harmed).verify(root, "targets")
    opened = canonical.Opened(before)
    opened.verify(root, "targets")
    assert (
        opened.metadata.to_dict() == signed(signer, "Mau").to_dict()
    )  # what was signed, not what stands before it


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"\xff\xfe",
        b'{"signatures":[],"signed":{}}',
        b'{"signatures":[],"signed":[]}',
        b'{"signatures":[],"signed":{"_type":"targets"}}',
        b'{"signatures":[1],"signed":{"_type":"root"}}',
        b'{"signatures":[],"signed":' + b"[" * 100_000 + b"}",
        '{"signatures":[],"signed":{}}'.encode("utf-16"),
    ],
)
def test_what_is_no_signed_file_is_said_to_be_none(body):
    with pytest.raises(DeserializationError):
        canonical.Opened(body)
