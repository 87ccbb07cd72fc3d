import gzip
import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from securesystemslib.formats import encode_canonical
from securesystemslib.signer import Signature
from tuf.api.metadata import Metadata, SuccinctRoles, Targets

from guong.core.signing import ceremonies, keys, listing, metadata, requests, signer
from guong.core.signing.ceremonies import Card
from guong.core.signing.places import Places, only_one, write_whole

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
PHRASE = "một câu rất dài"


@pytest.fixture
def home(tmp_path):
    ceremonies.make_test_keys(tmp_path, now=NOW)
    return tmp_path


def entry(body=b"x", persons=("an", "binh"), **custom):
    sources = [{"key": "story:1", "sha256": "1" * 64, "persons": list(persons)}]
    return {
        "length": len(body),
        "hashes": {"sha256": hashlib.sha256(body).hexdigest()},
        "custom": {"headers": {"content-type": "text/html"}, "inputs": sources} | custom,
    }


def listed(**more):
    """A list with the two pages every release has."""
    return {
        "404.html": entry(b"404", status=404),
        "410.html": entry(b"410", status=410),
        "index.html": entry(b"home"),
    } | more


def lay(home, entries, number=1):
    """An unsigned list in its place; the payload that asks for its signature."""
    body = metadata.unsigned_bytes(metadata.targets(entries, number, NOW))
    write_whole(Places(home).unsigned(number), body)
    return {"number": number, "sha256": metadata.digest(body)}


def ask(home, kind, payload, now=NOW, **more):
    number = requests.request(home, kind, payload)
    signer.answer_once(home, now=now, **more)
    return requests.wait(home, number, timeout=0)


def split_of(home, number):
    return listing.split(Targets.from_dict(json.loads(Places(home).unsigned(number).read_bytes())))


def signed(part, signatures):
    found = [Signature.from_dict(dict(each)) for each in signatures]
    return Metadata(part, {each.keyid: each for each in found})


def stand(home, entries, number=1, now=NOW):
    """Signed and switched to, as the publisher does it."""
    answer = ask(home, "release", lay(home, entries, number), now)
    places = Places(home)
    folder = places.tuf(number)
    write_whole(folder / f"{number}.targets.json", answer["targets"].encode())
    snapshot = Metadata.from_bytes(answer["snapshot"].encode()).signed
    parts, before = split_of(home, number), places.current_number()
    for role, file in listing.files_of(snapshot).items():
        if role in answer["parts"]:
            write_whole(folder / file, metadata.written(signed(parts[role], answer["parts"][role])))
        elif role in parts:
            write_whole(folder / file, (places.tuf(before) / file).read_bytes())
    write_whole(places.tuf(number) / f"{number}.snapshot.json", answer["snapshot"].encode())
    places.current.unlink(missing_ok=True)
    places.current.symlink_to(str(number))
    return answer


# --- Who must have agreed ---------------------------------------------------------
def test_a_release_whose_inputs_name_two_persons_is_signed(home):
    answer = ask(home, "release", lay(home, listed()))

    root = keys.read_root(home).signed
    targets = Metadata.from_bytes(answer["targets"].encode())
    root.verify_delegate("targets", targets.signed_bytes, targets.signatures)
    for role, part in split_of(home, 1).items():
        one = signed(part, answer["parts"][role])
        targets.signed.verify_delegate(role, one.signed_bytes, one.signatures)
    snapshot = metadata.read_snapshot(root, answer["snapshot"].encode())
    timestamp = metadata.read_timestamp(root, answer["timestamp"].encode())
    assert snapshot.signed.meta["targets.json"] == metadata.pinned(targets)
    assert timestamp.signed.snapshot_meta == metadata.pinned(snapshot)
    assert timestamp.signed.expires == NOW + timedelta(days=3)


@pytest.mark.parametrize(
    ("persons", "named"),
    [
        (("an",), "1 người (an)"),
        (("an", "AN "), "1 người (an)"),
        ((), "0 người (chưa ai)"),
        (("an", "he-thong", ""), "1 người (an)"),
    ],
)
def test_an_input_without_two_persons_is_refused_by_page_and_input(home, persons, named):
    pages = listed(**{"guong/x/index.html": entry(persons=persons)})

    with pytest.raises(requests.Refused) as refused:
        ask(home, "release", lay(home, pages))

    assert str(refused.value) == (
        f"Trang /guong/x/: nguồn «story:1» mới có {named}, cần 2 người khác nhau."
    )
    assert requests.last_signed(home) == 0


def test_three_persons_can_be_asked_for_and_one_never(home):
    with pytest.raises(requests.Refused, match="cần 3 người"):
        ask(home, "release", lay(home, listed()), persons=3)
    with pytest.raises(requests.Refused, match="cần 2 người"):
        ask(home, "release", lay(home, listed(x=entry(persons=["an"]))), persons=1)


def test_what_stands_already_is_not_asked_again_but_what_changed_is(home):
    stand(home, listed(x=entry(b"x")))

    ask(home, "release", lay(home, listed(x=entry(b"x"), y=entry(b"y")), 2), persons=2)
    with pytest.raises(requests.Refused, match="Trang /x: nguồn"):
        ask(home, "release", lay(home, listed(x=entry(b"z", ["an"])), 3))


def test_only_the_parts_of_what_changed_are_signed_again(home):
    first = stand(home, listed(x=entry(b"x")))

    second = ask(home, "release", lay(home, listed(x=entry(b"z")), 2))

    role = SuccinctRoles([], 1, listing.BITS, listing.PREFIX).get_role_for_target("x")
    assert len(first["parts"]) == 256
    assert list(second["parts"]) == [role]


def test_a_part_changed_on_the_disk_is_not_believed(home):
    stand(home, listed())
    pages = listed(y=entry(b"y", ["an"]))
    part = next(Places(home).tuf(1).glob("1.phan-*.json"))
    part.write_bytes(part.read_bytes().replace(b'"version":1', b'"version":2'))

    assert listing.read(Places(home), keys.read_root(home).signed, 1) == listing.Signed()
    with pytest.raises(requests.Refused, match="cần 2 người"):
        ask(home, "release", lay(home, pages, 2))


def test_a_header_is_a_change_too(home):
    stand(home, listed())
    altered = entry(b"home", ["an"])
    altered["custom"]["headers"] = {"content-type": "text/plain"}

    with pytest.raises(requests.Refused, match="Trang /: nguồn"):
        ask(home, "release", lay(home, listed(**{"index.html": altered}), 2))


def test_taking_away_needs_nobody_else(home):
    stand(home, listed(x=entry(b"x"), y=entry(b"y")))
    grave = listed()["410.html"]
    grave["custom"]["withdrawn"] = ["1" * 64]

    answer = ask(home, "release", lay(home, listed(x=grave), 2))

    assert answer["ok"]


def test_other_words_under_a_grave_are_refused(home):
    stand(home, listed(x=entry(b"x")))
    grave = entry(b"nha cai", ["an"], status=410)

    with pytest.raises(requests.Refused, match="Trang /x"):
        ask(home, "release", lay(home, listed(x=grave), 2))


def test_other_bytes_in_an_encoding_of_a_grave_are_refused(home):
    packed = entry(b"nha cai") | {"custom": {"encoding": "br"}}
    alone = listed()["410.html"]
    alone["custom"]["inputs"][0]["persons"] = ["an"]
    pages = listed(**{"410.html": alone, "x": alone, "x.br": packed})

    with pytest.raises(requests.Refused, match="Trang /x: nguồn"):
        ask(home, "release", lay(home, pages))


def test_an_encoding_answers_for_its_page(home):
    stand(home, listed(x=entry(b"x", ["an", "binh"])))
    packed = entry(b"packed") | {"custom": {"encoding": "br"}}
    lonely = listed(**{"y.br": packed})

    assert ask(home, "release", lay(home, listed(**{"x": entry(b"x"), "x.br": packed}), 2))["ok"]
    with pytest.raises(requests.Refused, match="Tệp nén của /y không có trang gốc"):
        ask(home, "release", lay(home, lonely, 3))


def numbers(home, body, name="so-lieu.json"):
    write_whole(Places(home).object(hashlib.sha256(body).hexdigest()), body)
    made = entry(body)
    made["custom"]["inputs"] = [
        {"key": "counts", "sha256": "1" * 64, "persons": [], "numbers_only": True}
    ]
    return {name: made}


def test_numbers_need_nobody_and_must_be_numbers(home):
    stand(home, listed(**numbers(home, b'{"1":2}')))

    assert ask(home, "release", lay(home, listed(**numbers(home, b'{"1":3}')), 2))["ok"]
    for number, body in enumerate([b'{"1":"x"}', b'{"1":true}', b"[1]", b"x", b'{"1":-1}'], 3):
        with pytest.raises(requests.Refused, match="không chỉ gồm con số"):
            ask(home, "release", lay(home, listed(**numbers(home, body)), number))


def test_words_hidden_in_a_packed_form_of_the_numbers_are_refused(home):
    packed = gzip.compress(b"nha cai")
    write_whole(Places(home).object(hashlib.sha256(packed).hexdigest()), packed)
    pages = listed(**numbers(home, b'{"1":2}'))
    pages["so-lieu.json.gz"] = entry(packed) | {"custom": {"encoding": "gzip"}}

    with pytest.raises(requests.Refused, match="không chỉ gồm con số"):
        ask(home, "release", lay(home, pages))


def test_another_page_cannot_pass_as_numbers(home):
    with pytest.raises(requests.Refused, match="không chỉ gồm con số"):
        ask(home, "release", lay(home, listed(**numbers(home, b'{"1":2}', "khac.json"))))


# --- One number, one content ---------------------------------------------------------
def test_a_number_is_signed_for_one_content_only(home):
    payload = lay(home, listed())
    first = ask(home, "release", payload)
    again = ask(home, "release", payload)

    assert first["targets"] == again["targets"]
    with pytest.raises(requests.Refused, match="Số bản phát hành 1 đã dùng; dùng số 2 trở lên"):
        ask(home, "release", lay(home, listed(y=entry(b"y"))))
    assert requests.last_signed(home) == 1


def test_an_older_release_put_back_is_not_believed(home):
    """Else pages withdrawn since would come back without anybody's word."""
    stand(home, listed(x=entry(b"x", ["an", "binh"])), 1)
    stand(home, listed(), 2)
    places = Places(home)
    signer.answer_once(home, now=NOW)
    places.current.unlink()
    places.current.symlink_to("1")

    assert signer.Signer(home)._standing() == listing.Signed()


def test_a_request_that_cannot_be_read_stops_nothing(home):
    places = Places(home)
    write_whole(places.requests / f"{'a' * 32}.json", b"{")
    write_whole(places.requests / f"{'b' * 32}.json", b'{"kind": "other"}')
    (places.requests / f"{'c' * 32}.json").symlink_to(places.keys / "targets.1.pem")
    write_whole(places.requests / f"{'d' * 32}.json", b" " * 1_000_001)

    signer.answer_once(home, now=NOW)

    assert [
        json.loads((places.answers / f"{letter * 32}.json").read_bytes())["ok"] for letter in "abcd"
    ] == [False] * 4
    assert list(places.requests.iterdir()) == []


def test_a_missing_release_is_refused(home):
    with pytest.raises(requests.Refused, match="không đọc được yêu cầu"):
        ask(home, "release", {"number": 9, "sha256": "x"})


# --- By the clock ------------------------------------------------------------------
def test_the_timestamp_is_signed_anew_every_hour_and_when_the_release_changes(home):
    stand(home, listed())
    places = Places(home)
    root = keys.read_root(home).signed

    def present(now):
        signer.answer_once(home, now=now)
        return metadata.read_timestamp(root, places.timestamp.read_bytes()).signed.version

    first = present(NOW)
    assert present(NOW + timedelta(minutes=59)) == first
    assert present(NOW + timedelta(minutes=61)) == first + 1
    stand(home, listed(x=entry()), 2, NOW + timedelta(minutes=62))
    assert present(NOW + timedelta(minutes=62)) == first + 3


def test_the_timestamp_rests_between_signing_and_switching(home):
    """A newer timestamp for the old release would make the new one look older."""
    stand(home, listed())
    signer.answer_once(home, now=NOW)
    before = Places(home).timestamp.read_bytes()
    later = NOW + timedelta(hours=2)
    ask(home, "release", lay(home, listed(x=entry()), 2), later)

    assert Places(home).timestamp.read_bytes() == before
    signer.answer_once(home, now=later + timedelta(minutes=11))
    assert Places(home).timestamp.read_bytes() != before


# --- The journal ---------------------------------------------------------------------
def test_the_head_of_the_journal_is_signed_and_only_grows(home):
    head = ask(home, "journal-head", {"sequence": 5, "digest": "a" * 64})["head"]

    root = keys.read_root(home).signed
    key = root.keys[head["signatures"][0]["keyid"]]
    assert key.keyid in root.roles["snapshot"].keyids  # a verifier finds it in the root
    key.verify_signature(
        Signature.from_dict(head["signatures"][0]), encode_canonical(head["signed"]).encode()
    )
    with pytest.raises(requests.Refused, match="Nhật ký ngắn đi"):
        ask(home, "journal-head", {"sequence": 4, "digest": "a" * 64})
    with pytest.raises(requests.Refused, match="khác với lần ký trước"):
        ask(home, "journal-head", {"sequence": 5, "digest": "b" * 64})


# --- Keys -----------------------------------------------------------------------------
def test_test_keys_say_so_lie_closed_and_stay(home):
    root = keys.read_root(home)
    first = keys.fingerprint(home)

    assert root.signed.unrecognized_fields["guong"] == {"test": True, "label": "KHOÁ THỬ"}
    assert root.signed.consistent_snapshot
    assert {path.stat().st_mode & 0o777 for path in (home / "keys").glob("*.pem")} == {0o600}
    assert ceremonies.make_test_keys(home) == first
    assert len(first.split()) == 16


def test_own_keys_replace_the_test_keys_once(home, tmp_path_factory):
    card = tmp_path_factory.mktemp("card")

    ceremonies.keys_init(home, cards=[Card(card, PHRASE)], now=NOW)

    root = keys.read_root(home)
    first = Metadata.from_bytes((home / "trust" / "1.root.json").read_bytes()).signed
    first.verify_delegate("root", root.signed_bytes, root.signatures)
    root.signed.verify_delegate("root", root.signed_bytes, root.signatures)
    assert b"ENCRYPTED" in (card / "root.pem").read_bytes()
    assert not (home / "keys" / "root.pem").exists()
    with pytest.raises(keys.KeysRefused, match="đã có khoá thật"):
        ceremonies.keys_init(home, cards=[Card(card, PHRASE)])
    with pytest.raises(keys.KeysRefused, match="sai mật khẩu"):
        ceremonies.rotate(home, cards=[Card(card, "câu khác")])
    with pytest.raises(keys.KeysRefused, match="Không thấy khoá"):
        ceremonies.rotate(home)


@pytest.mark.parametrize(
    ("inside", "passphrase", "words"),
    [(True, "một câu rất dài", "ngoài kho dữ liệu"), (False, "ngắn", "ít nhất 12 ký tự")],
)
def test_own_keys_are_refused_where_they_would_be_weak(
    home, tmp_path_factory, inside, passphrase, words
):
    card = home / "card" if inside else tmp_path_factory.mktemp("card")

    with pytest.raises(keys.KeysRefused, match=words):
        ceremonies.keys_init(home, cards=[Card(card, passphrase)])

    assert keys.is_test(keys.read_root(home).signed)


def test_a_key_already_on_the_card_is_not_overwritten(home, tmp_path_factory):
    card = tmp_path_factory.mktemp("card")
    (card / "root.pem").write_text("cũ")

    with pytest.raises(keys.KeysRefused, match="không ghi đè"):
        ceremonies.keys_init(home, cards=[Card(card, PHRASE)])

    assert (card / "root.pem").read_text() == "cũ"


def test_rotating_with_a_strange_root_key_is_refused(home, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    ceremonies.keys_init(home, cards=[Card(other / "a", PHRASE)])
    ceremonies.make_test_keys(other / "theirs")
    ceremonies.keys_init(other / "theirs", cards=[Card(other / "b", PHRASE)])

    with pytest.raises(keys.KeysRefused, match="không phải khoá gốc"):
        ceremonies.rotate(home, cards=[Card(other / "b", PHRASE)])


@pytest.fixture
def cards(home, tmp_path_factory):
    """Three holders of the home's root keys, two of whom must come together."""
    made = [Card(tmp_path_factory.mktemp("card"), f"{PHRASE} {n}") for n in range(3)]
    ceremonies.keys_init(home, cards=made, threshold=2, now=NOW)
    return made


def ids(home):
    return keys.read_root(home).signed.roles["root"].keyids


def test_as_many_root_keys_as_asked_for_must_come_together(home, cards):
    with pytest.raises(keys.KeysRefused, match="Mới có 1 khoá gốc, cần 2"):
        ceremonies.rotate(home, cards=cards[:1])
    with pytest.raises(keys.KeysRefused, match="Mới có 1 khoá gốc, cần 2"):
        ceremonies.rotate(home, cards=[cards[0], cards[0]])
    before = keys.read_root(home).signed

    ceremonies.rotate(home, cards=cards[1:])

    after = keys.read_root(home)
    before.verify_delegate("root", after.signed_bytes, after.signatures)
    after.signed.verify_delegate("root", after.signed_bytes, after.signatures)
    assert after.signed.roles["root"].threshold == 2
    assert set(before.roles["targets"].keyids).isdisjoint(after.signed.roles["targets"].keyids)


def test_a_lost_root_key_is_revoked_and_another_put_in_its_place(home, cards, tmp_path_factory):
    lost, found = ids(home)[0], Card(tmp_path_factory.mktemp("new"), PHRASE)

    ceremonies.replace(home, cards=cards[1:], lost=lost[:8], new=[found])

    assert len(ids(home)) == 3
    assert lost not in ids(home)
    with pytest.raises(keys.KeysRefused, match="không phải khoá gốc"):
        ceremonies.rotate(home, cards=[cards[0], found])
    ceremonies.rotate(home, cards=[cards[1], found])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"lost": "zz"}, "đúng một khoá gốc"),
        ({"threshold": 4}, "chỉ còn 3 khoá gốc mà cần 4"),
        ({"threshold": 0}, "cần 0 khoá"),
    ],
)
def test_the_root_is_never_left_without_its_keys(home, cards, asked, words):
    before = keys.fingerprint(home)

    with pytest.raises(keys.KeysRefused, match=words):
        ceremonies.replace(home, cards=cards, **asked)
    assert keys.fingerprint(home) == before


def test_more_holders_must_not_be_asked_for_than_there_are(home, tmp_path):
    with pytest.raises(keys.KeysRefused, match="từ 1 đến 1"):
        ceremonies.keys_init(home, cards=[Card(tmp_path.parent / "card", PHRASE)], threshold=2)
    with pytest.raises(keys.KeysRefused, match="KHOÁ THỬ"):
        ceremonies.replace(home, cards=[])


def test_a_home_without_keys_says_what_to_do(tmp_path):
    with pytest.raises(keys.KeysRefused, match="guong init"):
        keys.read_root(tmp_path)


# --- The process ------------------------------------------------------------------------
def test_a_second_signer_does_nothing(home):
    requests.request(home, "journal-head", {"sequence": 1, "digest": "a"})

    with only_one(home / "keys" / "signer.lock") as alone:
        assert alone
        assert signer.answer_once(home) == 0


def test_the_process_answers_stops_when_told_and_knows_no_django(home):
    code = (
        "import sys; from guong.core.signing import signer; "
        "done = signer.main(sys.argv[1:]); sys.exit(3 if 'django' in sys.modules else done)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(home)])
    try:
        number = requests.request(home, "journal-head", {"sequence": 1, "digest": "a" * 64})
        answer = requests.wait(home, number, timeout=20)
    finally:
        process.terminate()

    assert answer["head"]["signed"]["sequence"] == 1
    assert process.wait(20) == 0
