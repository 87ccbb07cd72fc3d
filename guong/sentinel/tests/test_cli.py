import json

import pytest

from guong.sentinel.cli import main
from guong.sentinel.verdict import Code, Finding, gravest

from .making import LATER, NOW, Release


@pytest.fixture
def mirror(tmp_path):
    """A folder with a release in it, and its root beside."""
    release = Release(number=2).make()
    folder = tmp_path / "mirror"
    (folder / "tuf").mkdir(parents=True)
    for name, body in release.files.items():
        (folder / "tuf" / name).write_bytes(body)
    (folder / "index.html").write_bytes(b"home")
    (tmp_path / "root.json").write_bytes(release.files["root.json"])
    return folder


def run(capsys, *arguments, now=NOW):
    code = main([str(each) for each in arguments], now=now)
    return code, capsys.readouterr().out


def test_a_folder_without_site_is_a_mirror_too(mirror, capsys):
    code, said = run(capsys, "verify", mirror, "--root", mirror.parent / "root.json")

    assert (code, said) == (0, "Cả 1 tệp là bản chính thức, từ bản phát hành 2.\n")


def test_the_root_of_the_home_is_the_default(mirror, capsys, monkeypatch):
    trust = mirror.parent / "home" / "trust"
    trust.mkdir(parents=True)
    (trust / "root.json").write_bytes((mirror.parent / "root.json").read_bytes())

    monkeypatch.setenv("GUONG_HOME", str(mirror.parent / "home"))
    known = run(capsys, "verify", mirror)
    monkeypatch.delenv("GUONG_HOME")
    unknown = run(capsys, "verify", mirror)

    assert known[0] == 0
    assert (unknown[0], "--root root.json" in unknown[1]) == (2, True)


def test_json_names_release_code_and_findings(mirror, capsys):
    root = mirror.parent / "root.json"

    code, said = run(capsys, "verify", mirror, "--root", root, "--json", now=LATER)

    report = json.loads(said)
    assert (code, report["code"], report["release"], report["test_keys"]) == (4, 4, 2, False)
    assert report["message"] == report["findings"][0]["message"]


def test_the_state_file_remembers_and_is_never_put_back(mirror, capsys):
    root, state = mirror.parent / "root.json", mirror.parent / "state.json"
    options = ("--root", root, "--state", state)
    run(capsys, "verify", mirror, *options)
    seen = json.loads(state.read_text())

    state.write_text(json.dumps(seen | {"number": 5}))
    older = run(capsys, "verify", mirror, *options)
    kept = json.loads(state.read_text())["number"]
    state.write_text(json.dumps(seen | {"digest": "x"}))
    twin = run(capsys, "verify", mirror, *options)
    state.write_text(json.dumps(seen | {"timestamp": 9}))
    stale = run(capsys, "verify", mirror, *options)
    state.write_text("{")
    broken = run(capsys, "verify", mirror, *options)

    assert seen["number"] == 2
    assert (older[0], kept) == (4, 5)
    assert "đã từng thấy bản 5" in older[1]
    assert (twin[0], "hai bản phát hành khác nhau" in twin[1]) == (1, True)
    assert (stale[0], "dấu thời gian" in stale[1]) == (4, True)
    assert (broken[0], "không đọc được" in broken[1]) == (2, True)


@pytest.mark.parametrize(
    "arguments", [[], ["verify"], ["verify", "x", "--at-least", "nhiều"], ["khác"]]
)
def test_wrong_usage_is_two(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)

    assert left.value.code == 2
    assert "Sai cách dùng" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["/khong/co/tep", "ftp://x.example/", "http://"])
def test_what_cannot_be_checked_is_wrong_usage(what, capsys, mirror):
    code, _ = run(capsys, "verify", what, "--root", mirror.parent / "root.json")

    assert code == 2


def test_of_several_findings_the_gravest_speaks():
    found = [Finding(code, "") for code in (Code.GENUINE, Code.OLDER, Code.NOT_OURS, Code.CHANGED)]

    assert [gravest(found[: end + 1]) for end in range(4)] == [0, 4, 3, 1]
    assert gravest([]) == 0
