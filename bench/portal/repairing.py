"""Ten thousand released files overwritten; each put back, each bad one kept as evidence."""

import shutil
from pathlib import Path

from ..measuring import timed
from ..releases import AT, HTML, body

FILES = 10_000
BAD = b"nha cai "


def pages(wanted: int):
    from guong.portal.release.pages import Input, Page

    def page(path: str, content: bytes, **more) -> Page:
        return Page(path, content, HTML, (Input(path, "0" * 64, ("mot", "hai")),), **more)

    yield page("/404.html", b"<!doctype html><title>404</title>", status=404)
    yield page("/410.html", b"<!doctype html><title>410</title>", status=410)
    for number in range(wanted):
        yield page(f"/guong/mau-{number}/", body(number))


def measure(home: Path) -> dict:
    from guong.core.signing import ceremonies, signer
    from guong.portal.release import builder, publisher, repair

    home.mkdir()
    ceremonies.make_test_keys(home, now=AT)
    built = builder.build(home, pages(FILES // 3 + 1), 1, AT)
    with signer.alongside(home):
        publisher.publish(home, built)
    copy = home / "copy"
    shutil.copytree(home / "objects", copy)
    spoilt = sorted((home / "objects").iterdir())[:FILES]
    for path in spoilt:
        path.chmod(0o644)
        path.write_bytes(BAD + path.name.encode())
    figures = {"repair_files": len(spoilt)}
    with timed(figures, "repair_seconds"):
        done = repair.repair(home, sources=[copy])
    kept = list((done.evidence / "objects").iterdir())
    figures["repair_restored"] = len(done.restored)
    figures["repair_evidence"] = sum(path.read_bytes() == BAD + path.name.encode() for path in kept)
    figures["repair_lost"] = len(done.lost)
    figures["repair_wrong_afterwards"] = len(repair.check(home))
    return figures
