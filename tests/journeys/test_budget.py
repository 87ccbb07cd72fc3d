"""Every page of the portal is light enough for a weak line: bytes as sent, pictures, requests.

The bars are those the project was given for 400 kb/s; what counts is what a browser that takes
brotli receives before it can show the first screen.
"""

import re
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

KB = 1024


@dataclass(frozen=True)
class Budget:
    text: int  # bytes of HTML, styles, scripts and fonts
    pictures: int  # bytes of the first view
    requests: int


HOME = Budget(100 * KB, 90 * KB, 15)
STORY = Budget(80 * KB, 80 * KB, 12)
LIST = Budget(90 * KB, 60 * KB, 15)
FORM = Budget(60 * KB, 0, 6)


def budget_of(path: str) -> Budget:
    if path == "/":
        return HOME
    if path.startswith("/chuyen/") and path != "/chuyen/":
        return STORY
    return FORM if path.startswith("/gioi-thieu/") else LIST


@dataclass
class Parts(HTMLParser):
    """What a page asks for besides itself."""

    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    icons: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "link" and found.get("rel") == "stylesheet":
            self.styles.append(found["href"])
        elif tag == "link" and found.get("rel") == "icon":
            self.icons.append(found["href"])
        elif tag == "script" and found.get("src"):
            self.scripts.append(found["src"])
        elif tag == "img" and found.get("loading") != "lazy":
            self.pictures.append(found["src"])
        elif tag == "use":
            self.icons.append(found["href"].split("#")[0])
        elif tag == "a" and found.get("href"):
            self.links.append(found["href"])


@cache
def fetched(url: str) -> tuple[str, int, bytes]:
    """Content type, bytes on the line with brotli, and the plain body."""
    with urllib.request.urlopen(urllib.request.Request(url)) as plain:
        body, kind = plain.read(), plain.headers["content-type"]
    packed = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(packed) as answer:
        return kind, len(answer.read()), body


def weigh(page: str) -> tuple[Budget, list[str]]:
    """What the page costs, and its links."""
    _, size, body = fetched(page)
    parts = Parts()
    parts.feed(body.decode())
    text = {page: size}
    for style in dict.fromkeys(parts.styles):
        url = urljoin(page, style)
        _, text[url], css = fetched(url)
        for part in re.findall(r"url\(([^)]+\.(?:woff2|svg))\)", css.decode()):
            text[urljoin(url, part)] = fetched(urljoin(url, part))[1]
    for other in (*parts.scripts, *parts.icons):
        text[urljoin(page, other)] = fetched(urljoin(page, other))[1]
    pictures = {urljoin(page, src): fetched(urljoin(page, src))[1] for src in parts.pictures}
    cost = Budget(sum(text.values()), sum(pictures.values()), len(text) + len(pictures))
    return cost, parts.links


def test_every_page_of_the_portal_keeps_its_budget(office):
    waiting, seen, over = ["/"], {}, {}
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen[path], links = weigh(office.portal + path)
        bar = budget_of(path)
        for what in ("text", "pictures", "requests"):
            if getattr(seen[path], what) > getattr(bar, what):
                over[f"{what} of {path}"] = (getattr(seen[path], what), getattr(bar, what))
        for link in links:
            parts = urlsplit(urljoin(office.portal + path, link))
            is_ours = parts.netloc == urlsplit(office.portal).netloc
            if is_ours and parts.path.endswith("/") and not parts.query:
                waiting.append(parts.path)

    assert len(seen) > 20
    assert over == {}
