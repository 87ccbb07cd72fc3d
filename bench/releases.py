"""A release of 2,000 pages: built, signed and published; then one page changed.

Pages are drawn, each with two persons behind it, as large as a story.
"""

import hashlib
import os
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

from .measuring import at_most, report, timed

PAGES = 2_000
WORDS = (
    "làng rừng nước đường chữ nghề dệt cồng chiêng lúa cà bò heo vườn suối nhà rông bà con".split()
)
HTML = "text/html; charset=utf-8"
AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def body(number: int, edition: int = 1) -> bytes:
    draw = random.Random(number * 1000 + edition)
    text = " ".join(draw.choice(WORDS) for _ in range(900))
    return f"<!doctype html><html lang=vi><title>Gương mẫu {number}</title><p>{text}".encode()


def pages():
    from guong.portal.release.pages import Input, Page

    def page(path: str, content: bytes, **more) -> Page:
        digest = hashlib.sha256(content).hexdigest()
        return Page(path, content, HTML, (Input(path, digest, ("mot", "hai")),), **more)

    yield page("/", b"<!doctype html><title>Trang chu</title>")
    yield page("/404.html", b"<!doctype html><title>404</title>", status=404)
    yield page("/410.html", b"<!doctype html><title>410</title>", status=410)
    for number in range(PAGES):
        yield page(f"/guong/mau-{number}/", body(number))


def changed():
    from guong.portal.release.pages import Input, Page

    content = body(7, edition=2)
    digest = hashlib.sha256(content).hexdigest()
    return Page("/guong/mau-7/", content, HTML, (Input("/guong/mau-7/", digest, ("mot", "hai")),))


def main() -> None:
    django.setup()
    from guong.core.signing import signer
    from guong.portal.release import builder, catalogue, publisher

    home = Path(os.environ["GUONG_HOME"])
    number = catalogue.next_number(home)
    figures = {"pages": PAGES}
    with signer.alongside(home):
        with timed(figures, "build_seconds"):
            built = builder.build(home, pages(), number, AT)
        with timed(figures, "publish_seconds"):
            publisher.publish(home, built)
        with timed(figures, "one_page_seconds"):
            one = builder.amend(home, [changed()], number + 1, AT + timedelta(hours=1))
            publisher.publish(home, one)
    folder = home / "releases"
    figures["metadata_bytes"] = sum(
        path.stat().st_size for path in folder.rglob("tuf/*") if path.is_file()
    )
    whole = figures["build_seconds"] + figures["publish_seconds"]
    report(
        figures,
        [
            # 20,000 pages in 120 s; the work grows with the pages.
            at_most("seconds a page, whole release", whole / PAGES, 120 / 20_000),
            at_most("seconds until one approved page stands", figures["one_page_seconds"], 5),
        ],
    )


if __name__ == "__main__":
    main()
