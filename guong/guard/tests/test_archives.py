"""An archive of pictures is opened without trusting one word of its directory."""

import io
import zipfile

import pytest

from guong.guard import archives

from . import spoiled

JPEG = b"\xff\xd8\xff" + b"x" * 64


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def without_the_mark_of_utf8(content: bytes) -> bytes:
    """As many packers write Vietnamese names: in UTF-8, without saying so."""
    changed = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + place] &= ~0x08 & 0xFF
            at = changed.find(mark, at + 4)
    return bytes(changed)


def names(content: bytes) -> list[str]:
    return [name for name, _ in archives.pictures_in(io.BytesIO(content))]


def test_pictures_come_by_their_bare_names_and_nothing_else_comes():
    content = packed(
        {
            "anh/": b"",
            "anh/Rơ Châm H'Bliu.jpg": JPEG,
            "../../x.png": JPEG,
            "..\\..\\y.JPEG": JPEG,
            "__MACOSX/._z.jpg": JPEG,
            "list.xlsx": b"PK",
            "inner.zip": b"PK",
            "run.exe": b"MZ",
        }
    )

    assert names(content) == ["Rơ Châm H'Bliu.jpg", "x.png", "y.JPEG"]


def test_names_are_read_as_utf8_where_they_can_be():
    assert names(without_the_mark_of_utf8(packed({"Nguyễn.jpg": JPEG}))) == ["Nguyễn.jpg"]
    plain = bytearray(packed({"a\u00e9.jpg": JPEG}))
    at = plain.find("\u00e9".encode())
    while at >= 0:  # a name that is no UTF-8 at all
        plain[at : at + 2] = b"\x82\x82"
        at = plain.find("\u00e9".encode())
    assert names(without_the_mark_of_utf8(bytes(plain))) == ["aéé.jpg"]


def damaged() -> bytes:
    content = bytearray(packed({"a.jpg": bytes(range(256)) * 40}))
    content[45:80] = b"\xff" * 35
    return bytes(content)


SPOILED = {
    "empty": (b"", "Không mở được"),
    "rubbish": (b"PK rubbish", "Không mở được"),
    "bomb": (packed({"a.jpg": b"\0" * 8_000_000}), "bom nén"),
    "one too large": (packed({"a.jpg": b"\0" * (21 * 1024 * 1024)}), "bom nén"),
    "crowd": (packed({f"{number}.jpg": JPEG for number in range(301)}), "hơn 300 tệp"),
    "overlapping": (spoiled.overlapping(), "chồng"),
    "symlink": (spoiled.symlink(), "chồng lên nhau hoặc trỏ"),
    "password": (spoiled.encrypted_entry(), "mật khẩu"),
    "damaged": (damaged(), ""),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_bad_archive_is_refused_with_what_to_do(name):
    content, sentence = SPOILED[name]

    with pytest.raises(archives.Refused) as refusal:
        names(content)

    assert sentence in str(refusal.value)
    assert any(words in str(refusal.value) for words in ("Nén lại", "Chia ảnh"))


def test_a_size_that_lies_is_not_believed():
    content = bytearray(packed({"a.jpg": b"\0" * 900_000}))
    at = content.find(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")

    with pytest.raises(archives.Refused):
        names(bytes(content))


def test_a_file_over_a_hundred_megabytes_is_not_looked_into(tmp_path):
    path = tmp_path / "large.zip"
    path.write_bytes(packed({"a.jpg": JPEG}))
    with path.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.truncate(archives.PACKED)
        file.seek(archives.PACKED)
        file.write(content)

    with path.open("rb") as file, pytest.raises(archives.Refused, match="100 MB"):
        list(archives.pictures_in(file))
