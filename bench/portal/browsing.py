"""A story on a poor phone: 360 px, 400 kb/s, 400 ms there and back, a processor a quarter as fast."""

import shutil
import statistics
import tempfile
from pathlib import Path

from tests.journeys.conftest import QUIET
from tests.servers import serving

RUNS = 3
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
WATCHING = """
    window.seen = {lcp: 0, cls: 0, blocked: 0, inp: 0, what: ''};
    const watch = (type, each, more) => new PerformanceObserver(
        list => list.getEntries().forEach(each)).observe({type, buffered: true, ...more});
    watch('largest-contentful-paint', e => {
        seen.lcp = e.startTime; seen.what = e.element?.tagName || '';
    });
    watch('layout-shift', e => { if (!e.hadRecentInput) seen.cls += e.value; });
    watch('longtask', e => { seen.blocked += Math.max(0, e.duration - 50); });
    watch('event', e => {
        if (e.interactionId) seen.inp = Math.max(seen.inp, e.duration);
    }, {durationThreshold: 16});
"""


def measure(home: Path, path: str) -> dict:
    """Medians of the runs, each with an empty cache; from the nginx as shipped."""
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory(prefix="guong-phone-") as scratch,
        serving.nginx(home, Path(scratch)) as port,
        sync_playwright() as playwright,
    ):
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        runs = [_run(browser, f"http://127.0.0.1:{port}{path}") for _ in range(RUNS)]
        browser.close()
    figures = {
        f"story_{name}": round(statistics.median(run[name] for run in runs), 3)
        for name in ("lcp", "cls", "blocked", "inp", "requests", "bytes")
    }
    return figures | {"story_largest": runs[0]["what"], "story_buttons_pressed": runs[0]["pressed"]}


def _run(browser, address: str) -> dict:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="vi-VN", is_mobile=True, has_touch=True
    )
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    received = []
    line.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
    page.add_init_script(WATCHING)
    page.goto(address, wait_until="networkidle")
    # What was painted is settled before the first touch: a touch ends the search for the largest.
    seen = page.evaluate("({...seen})")
    weight, requests = sum(received), len(received)
    buttons = [each for each in page.locator("main button").all() if each.is_visible()]
    for button in buttons[:3]:
        button.tap()
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    seen["inp"] = page.evaluate("seen.inp")
    context.close()
    return seen | {"requests": requests, "bytes": weight, "pressed": len(buttons[:3])}
