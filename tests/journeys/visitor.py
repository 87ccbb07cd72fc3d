"""A person at a browser, watched: nothing foreign is asked for, no error is written, axe is content."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Request

from .office import Office

HEIGHTS = {360: 640, 1280: 800}
# The newsroom is Wagtail's: its markup is not ours to promise.
NOT_OURS = ("/newsroom/",)
axe = Axe()


@dataclass
class Visitor:
    """One browser window. Steps go by what stands on the screen: labels, buttons, links."""

    office: Office
    context: BrowserContext
    width: int
    pictures: Path
    javascript: bool = True
    page: Page = field(init=False)
    offences: list[str] = field(default_factory=list)
    met: dict[str, bool] = field(default_factory=dict)  # address without query → looked at
    clicks: int = 0

    def __post_init__(self):
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.context.on("request", self._asked)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda error: self.offences.append(f"script: {error.error}"))
        self.context.on("response", self._answered)
        self.page.on("framenavigated", self._arrived)

    # --- What is watched ---
    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        ours = {urlsplit(self.office.url).netloc, urlsplit(self.office.portal).netloc}
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc not in ours:
            self.offences.append(f"asked elsewhere: {request.url}")

    def _said(self, message) -> None:
        # The browser's own line for a refused form (4xx) is no fault of the page.
        if message.type == "error" and "status of 4" not in message.text:
            self.offences.append(f"console of {self.page.url}: {message.text}")

    def _answered(self, response) -> None:
        if response.status >= 500:
            self.offences.append(f"{response.status}: {response.url}")

    def _arrived(self, frame) -> None:
        if frame == self.page.main_frame and frame.url.startswith("http"):
            self.met.setdefault(self._key(frame.url), False)

    @staticmethod
    def _key(url: str) -> str:
        return re.sub(r"/\d+/", "/N/", url.split("?")[0].split("#")[0])

    def look(self) -> None:
        """Let axe look at the page as it is now, once for each kind of page."""
        key = self._key(self.page.url)
        if self.met.get(key) or not key.startswith("http"):
            return
        self.met[key] = True
        if urlsplit(key).path.startswith(NOT_OURS) or not self.javascript:
            return  # axe is a script itself: the same page is looked at in a window with scripts
        self.page.wait_for_load_state("load")
        for violation in axe.run(self.page).response["violations"]:
            self.offences += [
                f"axe {violation['id']} ({violation['help']}): {node['target']} {node['html'][:120]}"
                f" – {urlsplit(key).path} at {self.width}"
                for node in violation["nodes"]
            ]
        # Wide content scrolls inside its own box, never the page.
        too_wide = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if too_wide > 0:
            self.offences.append(f"{key} is {too_wide} px wider than {self.width}")

    # --- What a person does ---
    def go(self, address: str) -> "Visitor":
        """Open an address: a path of the office, or a whole address of the portal."""
        self.page.goto(address if address.startswith("http") else self.office.url + address)
        self.look()
        return self

    def log_in(self, function: str, *, second: bool = False) -> "Visitor":
        account = self.office.account(function, second=second)
        self.context.clear_cookies()
        self.go("/accounts/login/")
        self.fill("Tên tài khoản", account["account"])
        self.fill("Mật khẩu", account["password"])
        return self.press("Đăng nhập")

    def fill(self, label: str, value: str) -> "Visitor":
        self.page.get_by_label(label).first.fill(value)
        return self

    def choose(self, label: str, option: str) -> "Visitor":
        self.page.get_by_label(label).first.select_option(label=option)
        return self

    def attach(self, label: str, file: Path) -> "Visitor":
        self.page.get_by_label(label).first.set_input_files(file)
        return self

    def press(self, name: str) -> "Visitor":
        return self._click(self.page.get_by_role("button", name=name).first)

    def follow(self, name: str) -> "Visitor":
        return self._click(self.page.get_by_role("link", name=name).first)

    def _click(self, what: Locator) -> "Visitor":
        self.clicks += 1
        what.click()
        self.page.wait_for_load_state("load")
        self.look()
        return self

    def sees(self, text: str) -> "Visitor":
        """Wait until the words stand on the page."""
        self.page.get_by_text(text).first.wait_for(state="visible")
        return self

    def title(self) -> str:
        return self.page.get_by_role("heading", level=1).first.inner_text()

    def picture(self, name: str) -> Path:
        path = self.pictures / f"{name}-{self.width}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def complaints(self) -> list[str]:
        """Everything that was wrong on the way, and each page axe was not shown."""
        unseen = [
            key
            for key, looked in self.met.items()
            if not looked and not urlsplit(key).path.startswith(NOT_OURS)
        ]
        return self.offences + [f"not looked at: {key}" for key in unseen]
