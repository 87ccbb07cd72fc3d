"""Fills a released page: what was typed, what is wrong, what was found. No template of our own.

A shell is a target of the release. Filled into it are
- every control by its `name` with what was typed (input, textarea, select; files stay empty);
- `<!--guong:errors-->`, `<!--guong:results-->`: HTML made here;
- `<!--guong:error:NAME-->`: the sentence about one control, which then gets `aria-invalid`, and
  `class="bad"` on the tag with `data-field="NAME"`;
- `<!--guong:form-->` … `<!--guong:/form-->`: left out when there is nothing more to type.
Everything else is passed on byte by byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

TYPED = {"text", "search", "tel", "email", "number", "hidden"}
PICKED = {"radio", "checkbox"}


@dataclass(frozen=True)
class Filling:
    """What goes into a shell. `blocks` are HTML already made safe, all others plain text."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)  # name of the control → sentence
    blocks: Mapping[str, str] = field(default_factory=dict)  # "errors", "results" → HTML
    is_done: bool = False  # without the part between `form` and `/form`
    title: str = ""  # stands before the released title; never anything a visitor typed


def fill(shell: str, filling: Filling) -> str:
    """The shell with everything in its place."""
    filler = _Filler(filling)
    filler.feed(shell)
    filler.close()
    return "".join(filler.out)


def error_list(errors: Mapping[str, str]) -> str:
    """The errors gathered above the form, each a link to its control; "" is about the whole."""
    if not errors:
        return ""
    lines = "".join(
        f'<li><a href="#{escape(name)}">{escape(text)}</a></li>'
        if name
        else f"<li>{escape(text)}</li>"
        for name, text in errors.items()
    )
    heading = "Chưa gửi được" if "" in errors else f"Có {len(errors)} chỗ cần sửa"
    return (
        '<div class="errors" role="alert" aria-labelledby="loi-h" tabindex="-1">'
        f'<h2 id="loi-h">{heading}</h2><ul>{lines}</ul></div>'
    )


class _Filler(HTMLParser):
    def __init__(self, filling: Filling):
        super().__init__(convert_charrefs=False)
        self.filling = filling
        self.out: list[str] = []
        self.select: str | None = None  # the value to be chosen in the list we are in
        self.option: int | None = None  # where an option without a value stands in `out`
        self.is_left_out = False  # between `form` and `/form` of a finished answer
        self.is_replaced = False  # inside a text area whose content was typed anew

    def put(self, text: str) -> None:
        if not self.is_left_out and not self.is_replaced:
            self.out.append(text)

    # --- Tags ---------------------------------------------------------------
    def handle_starttag(self, tag, attrs):
        raw, given = self.get_starttag_text() or "", dict(attrs)
        changed = self._wrapper(given) | self._control(tag, given)
        self.put(_tag(tag, given | changed) if changed else raw)
        if tag == "title" and self.filling.title:
            self.put(escape(self.filling.title))
        name = given.get("name") or ""
        if tag == "textarea" and name in self.filling.values:
            # A line break right after the tag is swallowed by browsers; ours must not be.
            self.put("\n" + escape(self.filling.values[name]))
            self.is_replaced = True
        elif tag == "select":
            self.select = self.filling.values.get(name)
        elif tag == "option" and self.select is not None and "value" not in given:
            self.option = len(self.out) - 1

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.is_replaced = False
        elif tag == "select":
            self.select = None
        self.option = None
        self.put(f"</{tag}>")

    def _wrapper(self, given: dict) -> dict:
        if given.get("data-field") in self.filling.errors:
            return {"class": f"{given.get('class') or ''} bad".strip()}
        return {}

    def _control(self, tag: str, given: dict) -> dict:
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "option":
            return self._option(given, value)
        if tag not in {"input", "textarea", "select"}:
            return {}
        changed: dict = {}
        if name in self.filling.errors:
            described = f"{given.get('aria-describedby') or ''} {name}-e".strip()
            changed = {"aria-invalid": "true", "aria-describedby": described}
        kind = (given.get("type") or "text").lower()
        if tag == "input" and name in self.filling.values and kind in TYPED | PICKED:
            typed = self.filling.values[name]
            changed |= {"value": typed} if kind in TYPED else self._picked(given, value, typed)
        return changed

    @staticmethod
    def _picked(given: dict, value: str, typed: str) -> dict:
        given.pop("checked", None)
        return {"checked": None} if value == typed else {"value": value}

    def _option(self, given: dict, value: str) -> dict:
        if self.select is None or "value" not in given:
            return {}
        was_chosen = given.pop("selected", "") is None
        if value == self.select:
            return {"selected": None}
        return {"value": value} if was_chosen else {}

    # --- What stands between the tags ----------------------------------------
    def handle_data(self, data):
        if self.option is not None:
            if data.strip() == self.select and not self.is_left_out:
                self.out[self.option] = "<option selected>"
            self.option = None
        self.put(data)

    def handle_comment(self, data):
        words = data.strip()
        if not words.startswith("guong:"):
            self.put(f"<!--{data}-->")
            return
        slot = words.removeprefix("guong:")
        if slot in {"form", "/form"}:
            self.is_left_out = slot == "form" and self.filling.is_done
        elif slot.startswith("error:"):
            self.put(self._sentence(slot.removeprefix("error:")))
        else:
            self.put(self.filling.blocks.get(slot, ""))

    def _sentence(self, name: str) -> str:
        if name not in self.filling.errors:
            return ""
        return f'<p class="err" id="{escape(name)}-e">{escape(self.filling.errors[name])}</p>'

    def handle_decl(self, decl):
        self.put(f"<!{decl}>")

    def handle_pi(self, data):
        self.put(f"<?{data}>")

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")


def _tag(tag: str, attributes: Mapping[str, str | None]) -> str:
    parts = [
        name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items()
    ]
    return f"<{' '.join([tag, *parts])}>"
