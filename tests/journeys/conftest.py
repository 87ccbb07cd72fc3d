"""One office a session, one browser a session, a fresh window for each person of a journey."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from .office import Office, another_database
from .visitor import HEIGHTS, Visitor

QUIET = [
    "--no-sandbox",  # the tests may run as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """The demo province, up and answering; on PostgreSQL when DATABASE_URL says so."""
    running = Office(home=tmp_path_factory.mktemp("office"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def quiet(tmp_path_factory):
    """A home with units and a clerk and nothing running: for commands, and for killing them."""
    home = Office(home=tmp_path_factory.mktemp("quiet"), database=another_database("quiet"))
    home.guong("init")
    home.guong("invite", "cham", "--function", "introducer", "--unit", "23563")
    return home


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory) -> Path:
    """Where `Visitor.picture` writes: GUONG_PICTURES when somebody wants to keep them."""
    kept = os.environ.get("GUONG_PICTURES")
    place = Path(kept) if kept else tmp_path_factory.mktemp("pictures")
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def visit(office, browser, pictures, request):
    """`visit(width=360, javascript=True)` opens a window; at the end each is asked for complaints."""
    visitors = []

    def open_window(*, width: int = 360, javascript: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=javascript,
        )
        context.tracing.start(screenshots=True, snapshots=True)
        visitors.append(Visitor(office, context, width, pictures, javascript))
        return visitors[-1]

    yield open_window

    failed = getattr(request.node, "failed_in_call", False)
    complaints = [line for visitor in visitors for line in visitor.complaints()]
    for number, visitor in enumerate(visitors):
        trace = pictures / f"{request.node.name}-{number}.zip"
        visitor.context.tracing.stop(path=trace if failed or complaints else None)
        visitor.context.close()
    assert complaints == [], "\n".join(complaints)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.failed_in_call = report.failed
    return report
