"""No English on the screens: what templates, forms, models and refusals say is Vietnamese."""

import ast
import re
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.forms import BaseForm, HiddenInput

from . import source

# Plain English words that are no Vietnamese syllable and no name in use (Excel, Word, Zalo, web).
ENGLISH = set(
    """
    about accept account action add address admin after all already and answer apply approve
    archive are available back before between browse button cancel change check choose clear
    click close code comment confirm content continue copy create current dashboard data date
    default delete description detail details disable document done download draft edit email
    empty enable end enter error evidence exemplar expired export failed field file filter find
    first for form format forgot found from has have help here hidden home image import inbox
    information input invalid is items javascript keep label language last later link loading
    log login logout message missing must name nomination none not number object of only open
    optional other page password permission please preview previous profile publish query read
    record refresh remember remove report request required reset result return role save search
    see select send sent settings show sign size sort start state status step story submit
    success system table task text this time title today total type unit unknown update upload
    url used user username value verification view visit warning welcome with within yes you
    your
    """.split()
)
# Syllables that are Vietnamese as well, and words every office uses.
BOTH = {"can", "do", "in", "no", "so", "the", "to", "an", "on", "at", "email", "url", "web"}

SHOWN_ATTRIBUTES = r'\b(?:alt|title|placeholder|aria-label|data-l)="([^"]*)"'
LABELS = {"label", "help_text", "verbose_name", "verbose_name_plural", "error_messages"}
REFUSALS = (
    "ValidationError",
    "CommandError",
    "messages.success",
    "messages.error",
    "messages.info",
)


def english(text: str) -> list[str]:
    """Words of the list that stand alone; capitals (CODE, PDF) stand for something to fill in."""
    words = re.findall(r"(?<![\w.@/#-])[A-Za-z][a-z]+(?![\w@/-])", text)
    return sorted({word.lower() for word in words} & (ENGLISH - BOTH))


def test_english_is_recognised_beside_vietnamese():
    assert english("Lưu thay đổi, Save changes. Tên: Name") == ["name", "save"]
    assert english("Gửi hồ sơ tới bộ phận thường trực, mã GU-2026, --unit CODE") == []


def readable(template: str) -> str:
    """What a reader of the page meets: text between tags and the attributes that are shown."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", " ", template, flags=re.DOTALL)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ", text, flags=re.DOTALL)
    attributes = " ".join(re.findall(SHOWN_ATTRIBUTES, text))
    return re.sub(r"<[^>]*>", " ", text) + " " + attributes


def test_templates_speak_vietnamese():
    found = {
        source.shown(path): words
        for path in sorted(source.PACKAGE.rglob("templates/**/*.html"))
        if (words := english(readable(path.read_text("utf-8"))))
    }

    assert found == {}


def literals(node: ast.AST) -> str:
    return " ".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value
    )


def shown_by(call: ast.Call) -> str:
    """The sentences a call shows to a person: refusals, messages, labels."""
    name = source.called(call)
    if name.endswith(REFUSALS):
        return " ".join(literals(argument) for argument in call.args)
    return " ".join(literals(word.value) for word in call.keywords if word.arg in LABELS)


def test_refusals_messages_and_labels_speak_vietnamese():
    found = {
        f"{source.shown(path)}:{call.lineno}": words
        for path in source.python()
        for call in source.calls(source.tree(path))
        if (words := english(shown_by(call)))
    }

    assert found == {}


def forms():
    """Every form class of ours, with the room it stands in."""
    for room in source.packages():
        if find_spec(f"guong.{room.name}.forms"):
            for value in vars(import_module(f"guong.{room.name}.forms")).values():
                if isinstance(value, type) and issubclass(value, BaseForm):
                    yield value


def test_every_field_on_a_screen_has_a_label_of_its_own():
    # Without one Django makes the label from the English name of the field.
    nameless = {
        f"{form.__name__}.{name}"
        for form in forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if not isinstance(field.widget, HiddenInput)
        and (not field.label or str(field.label).lower() == name.replace("_", " "))
    }

    assert sorted(nameless) == []


def test_every_choice_speaks_vietnamese():
    found = {
        f"{model.__name__}.{field.name}: {label}"
        for model in apps.get_models()
        if model.__module__.startswith("guong.")
        for field in model._meta.get_fields()
        for _, label in getattr(field, "flatchoices", None) or []
        if english(str(label))
    }

    assert sorted(found) == []
