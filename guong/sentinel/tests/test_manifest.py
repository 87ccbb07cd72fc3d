import pytest
from securesystemslib.signer import CryptoSigner

from guong.sentinel.manifest import address, page_name, read_manifest
from guong.sentinel.verdict import Code, Stopped

from .making import LATER, NOW, Release, altered


def read(release, root=None):
    return read_manifest(root or release.files["root.json"], release.files.get)


def stopped(release, root=None):
    with pytest.raises(Stopped) as refused:
        read(release, root)
    return refused.value.finding.code, refused.value.finding.message


def test_the_chain_leads_from_the_root_to_the_list():
    manifest = read(Release(number=3).make())

    assert (manifest.number, list(manifest.targets)) == (3, ["index.html"])
    assert (manifest.is_expired(NOW), manifest.is_expired(LATER)) == (False, True)


@pytest.mark.parametrize("file", ["timestamp.json", "1.snapshot.json", "1.targets.json"])
def test_words_changed_under_our_signature_are_told_from_a_strangers_key(file):
    release, stranger = Release().make(), Release().make()
    kept = release.files[file]

    release.files[file] = altered(kept, expires="2030-01-01T00:00:00Z")
    changed = stopped(release)
    release.files[file] = stranger.files[file]
    foreign = stopped(release)
    release.files[file] = b"<html>"
    garbled = stopped(release)
    del release.files[file]
    absent = stopped(release)

    assert changed[0] == garbled[0] == Code.CHANGED
    assert foreign[0] == absent[0] == Code.NOT_OURS
    assert "đã bị sửa sau khi ký" in changed[1]
    assert "khoá lạ" in foreign[1]
    assert "không đọc được" in garbled[1]


def test_another_list_under_our_own_key_does_not_fit_the_snapshot():
    release = Release().make()
    other = Release(number=1, keys=release.keys)
    other.make()
    release.files["1.targets.json"] = altered(other.files["1.targets.json"])

    assert stopped(release) == (Code.CHANGED, "Danh mục đã bị thay.")


def test_metadata_of_another_role_is_not_taken():
    release = Release().make()
    release.files["timestamp.json"] = release.files["1.snapshot.json"]

    assert stopped(release)[0] == Code.CHANGED


def test_new_roots_are_followed_only_with_the_old_ones_word():
    release = Release().make()
    first, old = release.files["root.json"], release.keys["root"]
    following = Release(keys=release.keys | {"root": CryptoSigner.generate_ed25519()})
    own_word = following.root(2, following.keys["root"])
    both_words = following.root(2, old, following.keys["root"])
    skipped = following.root(3, old, following.keys["root"])

    release.files["2.root.json"] = own_word
    alone = stopped(release, first)
    release.files["2.root.json"] = skipped
    leap = stopped(release, first)
    release.files["2.root.json"] = both_words
    vouched = read(release, first)

    assert alone[0] == Code.NOT_OURS
    assert leap == (Code.CHANGED, "Khoá gốc kế tiếp ghi sai số thứ tự.")
    assert vouched.root_version == 2


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>"])
def test_a_root_file_that_is_none_is_wrong_usage(body):
    with pytest.raises(Stopped) as refused:
        read_manifest(body, {}.get)

    assert refused.value.finding.code == Code.USAGE


def test_addresses_and_names_of_targets():
    paths = ["/", "/tin/", "/anh/a.png"]

    assert [page_name(path) for path in paths] == ["index.html", "tin/index.html", "anh/a.png"]
    assert [address(page_name(path)) for path in paths] == paths
