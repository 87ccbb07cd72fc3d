"""The list of pages found, as HTML for the shell of the search.

What was looked for stands in the box alone, never in a text or an address: the buttons for more send
the box again. A list of links with a stranger's words on them is what parasites of search engines
look for.
"""

from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from guong.core.vietnamese import slug

from .search import Page

FORM = "tim"  # the id of the released form around the box
PAGE_SIZE, LAST_PAGE = 20, 25
ORDERS = {"dung": "đúng nhất trước", "moi": "mới nhất trước"}


@dataclass(frozen=True)
class View:
    """Which part of what was found is shown; travels as `xem=chuyen.moi.2`."""

    kind: str = ""  # as in the address: folded, «dien-hinh»; empty is all
    order: str = "dung"
    number: int = 1

    @classmethod
    def read(cls, text: str) -> "View":
        """What a button sent; anything else is the first page of everything."""
        kind, order, number = [*text.split("."), "", "", ""][:3]
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
        return cls(kind[:40], order if order in ORDERS else "dung", min(max(wanted, 1), LAST_PAGE))

    def __str__(self):
        return f"{self.kind}.{self.order}.{self.number}"


def listing(pages: list[Page], view: View, kinds: list[str], has_more: bool) -> str:
    """Everything under the box when something was found."""
    first = (view.number - 1) * PAGE_SIZE
    count = f"{first + len(pages)} trang" if not has_more else f"Hơn {first + len(pages)} trang"
    articles = "".join(_article(page) for page in pages)
    return (
        f'<section class="part" aria-labelledby="kq"><h2 id="kq">{count}, {ORDERS[view.order]}</h2>'
        f'<p class="chips gap">{_chips(view, kinds)}</p>{articles}{_pager(view, has_more)}</section>'
    )


def sentence(text: str) -> str:
    return f'<p class="stand" role="status">{escape(text)}</p>'


def _article(page: Page) -> str:
    around = " · ".join(str(part) for part in (page.place, page.year) if part)
    return (
        f'<article class="box gap"><p class="kick">{escape(page.field or page.kind)}</p>'
        f'<h2><a class="head-link" href="{escape(quote(page.path))}">{escape(page.title)}</a></h2>'
        f'<p class="small">{escape(page.lead)}</p><p class="small muted">{escape(around)}</p></article>'
    )


def _button(view: View, label: str, style: str = "chip") -> str:
    return (
        f'<button class="{style}" type="submit" form="{FORM}" name="xem" '
        f'value="{escape(str(view))}">{escape(label)}</button>'
    )


def _chips(view: View, kinds: list[str]) -> str:
    choices = [("", "Tất cả"), *((slug(kind), kind) for kind in kinds)] if len(kinds) > 1 else []
    chips = [
        f'<strong class="chip" aria-current="true">{escape(label)}</strong>'
        if name == view.kind
        else _button(View(name, view.order), label)
        for name, label in choices
    ]
    other = "moi" if view.order == "dung" else "dung"
    label = "Mới nhất trước" if other == "moi" else "Đúng nhất trước"
    return " ".join([*chips, _button(View(view.kind, other), label)])


def _pager(view: View, has_more: bool) -> str:
    buttons = []
    if view.number > 1:
        earlier = View(view.kind, view.order, view.number - 1)
        buttons.append(_button(earlier, "Trang trước", "btn"))
    if has_more and view.number < LAST_PAGE:
        later = View(view.kind, view.order, view.number + 1)
        buttons.append(_button(later, "Trang sau", "btn"))
    return f'<nav class="end" aria-label="Trang">{"".join(buttons)}</nav>' if buttons else ""
