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


def _whole(label: str) -> re.Pattern:
    """The label as it stands, with or without our words for «may stay empty»."""
    return re.compile(rf"^\s*{re.escape(label)}(\s*\(không bắt buộc\)|\*)?\s*$")


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

    def open(self, place: str) -> "Visitor":
        """A place of the navigation; on a phone the list is behind a button."""
        menu = self.page.get_by_role("button", name="Mục lục")
        if menu.is_visible():
            menu.click()
        links = self.page.get_by_role("navigation", name="Mục lục").get_by_role("link")
        return self.click(links.filter(has_text=_whole(place)).first)

    def seek(self, words: str) -> "Visitor":
        """The box at the top of every page of the office."""
        button = self.page.get_by_role("link", name="Tìm nhanh")
        if button.is_visible():  # on a phone
            self.click(button)
            return self.fill("Tên người, mô hình, đơn vị", words).press("Tìm")
        box = self.page.get_by_role("searchbox", name="Tìm nhanh")
        box.fill(words)
        box.press("Enter")
        self.page.wait_for_url("**/tim-nhanh/**")
        self.look()
        return self

    def field(self, label: str) -> Locator:
        inputs = self.page.locator("input, textarea, select").locator("visible=true")
        return self.page.get_by_label(_whole(label)).and_(inputs).first

    def fill(self, label: str, value: str) -> "Visitor":
        self.field(label).fill(value)
        return self

    def choose(self, label: str, option: str) -> "Visitor":
        """The first choice that begins with these words."""
        begins = re.compile(rf"^\s*{re.escape(option)}")
        listed = self.field(label).locator("option").filter(has_text=begins)
        self.field(label).select_option(label=listed.first.text_content())
        return self

    def pick(self, label: str) -> "Visitor":
        """A tick or one of several circles, by the words beside it."""
        self.page.get_by_label(label).locator("visible=true").first.check()
        return self

    def attach(self, label: str, file: Path) -> "Visitor":
        self.page.get_by_label(label).first.set_input_files(file)
        return self

    def press(self, name: str) -> "Visitor":
        return self.click(self._named("button", name).first)

    def follow(self, name: str) -> "Visitor":
        return self.click(self._named("link", name).first)

    def _named(self, role: str, name: str) -> Locator:
        """Whole names before parts of names, what is seen before what is folded away."""
        exact = self.page.get_by_role(role, name=name, exact=True)
        return exact.or_(self.page.get_by_role(role, name=name)) if not exact.count() else exact

    def find(self, name: str, *, role: str = "link") -> "Visitor":
        """Follow (or press) what carries the name, on this page of the list or on a later one."""
        found = self.page.locator("main").get_by_role(role, name=name)
        further = self.page.get_by_role("link", name="Sau", exact=True)
        while not found.count() and further.count():
            self.click(further)
        return self.click(found.first)

    def tap(self, words: str) -> "Visitor":
        """A link within the page, such as a pane of the desk on a phone; where it is not, no need."""
        link = self.page.get_by_role("link", name=words, exact=True)
        if link.count() and link.first.is_visible():
            link.first.click()
        return self

    def unfold(self, words: str) -> "Visitor":
        """What is folded away under a line with these words."""
        self.page.locator("summary", has_text=words).first.click()
        return self

    def shows(self, text: str) -> bool:
        return self.page.get_by_text(text).count() > 0

    def click(self, what: Locator) -> "Visitor":
        self.clicks += 1
        what.click()
        self.page.wait_for_load_state("load")
        self.look()
        return self

    def wait_for(self, text: str, *, link: str = "") -> "Visitor":
        """Look again, by the link if there is one, until work in the background shows the words."""
        for _ in range(60):
            if self.shows(text):
                return self
            self.page.wait_for_timeout(250)
            self.follow(link) if link and self.shows(link) else self.page.reload()
        raise AssertionError(f"«{text}» did not come to {self.page.url}")

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
