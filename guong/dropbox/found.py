"""The list of pages found, as HTML for the shell of the search.

What was looked for stands in the box alone, never in a text or an address: the buttons for more send
the box again. A list of links with a stranger's words on them is what parasites of search engines
look for.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from html import escape
from urllib.parse import quote

from guong.core.languages import LANGUAGES
from guong.core.vietnamese import slug

from .search import FACETS, Page

FORM = "tim"  # the id of the released form around the box
PAGE_SIZE, LAST_PAGE = 20, 25
ORDERS = {"dung": "đúng nhất trước", "moi": "mới nhất trước"}
NAMES = {"kind": "Loại", "field": "Lĩnh vực", "place": "Nơi", "year": "Năm", "lang": "Tiếng"}
MOST_CHIPS = 12


@dataclass(frozen=True)
class View:
    """Which part of what was found is shown; travels as `xem=moi.2.kind-chuyen.year-2026`."""

    order: str = "dung"
    number: int = 1
    narrowed: dict[str, str] = field(default_factory=dict)  # facet → value as in an address

    @classmethod
    def read(cls, text: str) -> "View":
        """What a button sent; anything else is the first page of everything."""
        order, number, *rest = [*text[:300].split("."), ""]
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
        pairs = (part.partition("-")[::2] for part in rest)
        narrowed = {name: value[:80] for name, value in pairs if name in FACETS and value}
        return cls(order if order in ORDERS else "dung", min(max(wanted, 1), LAST_PAGE), narrowed)

    def __str__(self):
        parts = [self.order, str(self.number)]
        return ".".join(parts + [f"{name}-{value}" for name, value in self.narrowed.items()])

    def with_(self, name: str, value: str) -> "View":
        return replace(self, number=1, narrowed=self.narrowed | {name: value})

    def without(self, name: str) -> "View":
        left = {key: value for key, value in self.narrowed.items() if key != name}
        return replace(self, number=1, narrowed=left)


def values(view: View, known: dict[str, Counter]) -> dict[str, str] | None:
    """The view's addresses as values of the pages; None when one of them is nowhere found."""
    exact = {}
    for name, asked in view.narrowed.items():
        value = next((value for value in known[name] if slug(value) == asked), None)
        if value is None:
            return None
        exact[name] = value
    return exact


def listing(pages: list[Page], view: View, known: dict[str, Counter], has_more: bool) -> str:
    """Everything under the box when something was found."""
    first = (view.number - 1) * PAGE_SIZE
    count = f"{first + len(pages)} trang" if not has_more else f"Hơn {first + len(pages)} trang"
    articles = "".join(_article(page) for page in pages)
    other = "moi" if view.order == "dung" else "dung"
    turned = _button(replace(view, order=other, number=1), ORDERS[other].capitalize())
    return (
        f'<section class="part" aria-labelledby="kq"><h2 id="kq">{count}, {ORDERS[view.order]}</h2>'
        f'<p class="chips gap">{_chosen(view, known)}{turned}</p>{_facets(view, known)}'
        f"{articles}{_pager(view, has_more)}</section>"
    )


def suggestions(pages: list[Page]) -> str:
    """What stands under the box while somebody types: titles that lead to their pages."""
    rows = "".join(map(_suggestion, pages))
    return f"<ul>{rows}</ul>" if rows else ""


def _suggestion(page: Page) -> str:
    around = " · ".join(filter(None, (page.kind, page.place)))
    return (
        f'<li><a href="{escape(quote(page.path))}">{escape(page.title)}'
        f'<span class="muted">{escape(around)}</span></a></li>'
    )


def sentence(text: str) -> str:
    return f'<p class="stand" role="status">{escape(text)}</p>'


def _article(page: Page) -> str:
    around = " · ".join(str(part) for part in (page.place, page.year) if part)
    return (
        f'<article class="box gap"><p class="kick">{escape(page.field or page.kind)}</p>'
        f'<h2 lang="{escape(page.lang)}"><a class="head-link" href="{escape(quote(page.path))}">'
        f'{escape(page.title)}</a></h2><p class="small">{escape(page.lead)}</p>'
        f'<p class="small muted">{escape(around)}</p></article>'
    )


def _button(view: View, label: str, style: str = "chip") -> str:
    return (
        f'<button class="{style}" type="submit" form="{FORM}" name="xem" '
        f'value="{escape(str(view))}">{escape(label)}</button>'
    )


def _shown(name: str, value: str) -> str:
    return LANGUAGES.get(value, value) if name == "lang" else value


def _chosen(view: View, known: dict[str, Counter]) -> str:
    """What the search is narrowed by; pressing takes it away."""
    exact = values(view, known) or {}
    return "".join(
        _button(view.without(name), f"{_shown(name, value)} ×", "chip on")
        for name, value in exact.items()
    )


def _facets(view: View, known: dict[str, Counter]) -> str:
    groups = []
    for name in FACETS:
        counted = known[name]
        if name in view.narrowed or len(counted) < 2:
            continue
        chips = " ".join(
            _button(view.with_(name, slug(value)), f"{_shown(name, value)} ({number})")
            for value, number in counted.most_common(MOST_CHIPS)
        )
        groups.append(f'<h3>{NAMES[name]}</h3><p class="chips">{chips}</p>')
    if not groups:
        return ""
    return f'<details class="facets"><summary>Lọc bớt</summary>{"".join(groups)}</details>'


def _pager(view: View, has_more: bool) -> str:
    buttons = []
    if view.number > 1:
        buttons.append(_button(replace(view, number=view.number - 1), "Trang trước", "btn"))
    if has_more and view.number < LAST_PAGE:
        buttons.append(_button(replace(view, number=view.number + 1), "Trang sau", "btn"))
    return f'<nav class="end" aria-label="Trang">{"".join(buttons)}</nav>' if buttons else ""
