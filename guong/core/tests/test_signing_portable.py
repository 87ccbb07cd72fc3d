import pytest

from guong.core.signing import ceremonies, keys, portable

PHRASE = "mot cau dai de nho"


@pytest.fixture
def home(tmp_path):
    ceremonies.make_test_keys(tmp_path / "home")
    return tmp_path / "home"


def held(home):
    return {path.name: path.read_bytes() for path in (home / "keys").iterdir()}


def test_exported_keys_come_back_whole_and_for_their_owner_alone(home, tmp_path):
    body = portable.export(home, PHRASE)

    names = portable.take_back(tmp_path / "new", body, PHRASE)

    assert held(tmp_path / "new") == held(home)
    assert set(names) == set(held(home))
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "new/keys").iterdir()} == {0o600}


def test_the_file_tells_nothing_without_the_passphrase(home, tmp_path):
    body = portable.export(home, PHRASE)

    assert not [name for name, key in held(home).items() if key in body or name.encode() in body]
    with pytest.raises(keys.KeysRefused, match="Sai mật khẩu"):
        portable.take_back(tmp_path, body, PHRASE + "!")
    with pytest.raises(keys.KeysRefused, match="hỏng"):
        portable.take_back(tmp_path, body[:-9] + b"AAAAAAAAA", PHRASE)


def test_what_is_no_export_is_refused(home, tmp_path):
    with pytest.raises(keys.KeysRefused, match="không phải tệp khoá"):
        portable.take_back(tmp_path, b"-----BEGIN", PHRASE)
    with pytest.raises(keys.KeysRefused, match="ít nhất 12"):
        portable.export(home, "ngan")
