"""Takes the pictures of the README from the running demo province: `make pictures`.

Uses the office and the browser of the journeys; writes docs/pictures/*.webp.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.journeys.conftest import QUIET
from tests.journeys.office import Office
from tests.journeys.visitor import Visitor

TARGET = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTH, HEIGHT = 960, 720


def keep(picture: Path, name: str) -> None:
    """The upper part of a page, as large as a README shows it."""
    with Image.open(picture) as image:
        tall = min(image.height, image.width * HEIGHT // WIDTH)
        image.crop((0, 0, image.width, tall)).resize(
            (WIDTH, WIDTH * tall // image.width), Image.Resampling.LANCZOS
        ).save(TARGET / f"{name}.webp", quality=80)
    print(f"docs/pictures/{name}.webp")


def take(visitor: Visitor) -> None:
    visitor.log_in("secretariat")
    keep(visitor.picture("today"), "today")
    visitor.go("/exemplars/")
    visitor.page.locator("main a[href^='/ho-so/']").first.click()
    visitor.page.wait_for_load_state("load")
    keep(visitor.picture("life"), "life")
    visitor.go(visitor.office.portal + "/")
    keep(visitor.picture("portal"), "portal")


def main() -> int:
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guong-pictures-") as scratch:
        home = Path(scratch) / "home"
        home.mkdir()
        office = Office(home=home)
        try:
            office.start()
            with sync_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("chromium-browser")
                browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
                context = browser.new_context(
                    viewport={"width": 1280, "height": 800}, locale="vi-VN", device_scale_factor=2
                )
                take(Visitor(office, context, 1280, Path(scratch)))
                browser.close()
        finally:
            office.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
