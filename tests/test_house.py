"""The house rules that a machine can hold: where things lie, what they are called, who imports whom.

Each test collects every offence and compares the whole list with nothing, so that one run
shows all there is to mend.
"""

import ast
import re
import tomllib
import weakref
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
import rules
from django.apps import apps
from django.dispatch import Signal
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from guong.core import journal

from . import source
from .source import ROOT

ROOMS = source.rooms()
room_by_room = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)


# --- Where things lie -------------------------------------------------------
def test_rooms_import_downwards_only(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert lint_imports(cache_dir=None) == EXIT_STATUS_SUCCESS


def test_a_package_of_ours_holds_its_docstring_and_nothing_else_in_init():
    # The plumbing may hand out names of its parts; a room never does.
    crowded = [
        source.shown(room / "__init__.py")
        for room in ROOMS
        if len(source.tree(room / "__init__.py").body) != 1
    ]
    silent = [room.name for room in source.packages() if not docstring(room)]

    assert (crowded, silent) == ([], [])


def docstring(room: Path) -> str | None:
    return ast.get_docstring(source.tree(room / "__init__.py"))


def test_no_file_has_a_name_that_says_nothing():
    nothing = {"utils", "util", "helpers", "helper", "services", "manager", "handler", "misc"}

    assert [source.shown(path) for path in source.python() if path.stem in nothing] == []


# --- Verbs ------------------------------------------------------------------
def actions(room: Path) -> list[ast.FunctionDef]:
    found = source.functions(source.parts(room, "actions"))
    return [node for node in found if not node.name.startswith("_")]


def verb(action: ast.FunctionDef) -> str:
    """`return` of `return_`: the underscore only keeps Python from reading a keyword."""
    return action.name.rstrip("_")


@room_by_room
def test_every_action_takes_keywords_and_says_by_whom(room):
    wrong = [
        action.name
        for action in actions(room)
        if action.args.args or "by" not in {argument.arg for argument in action.args.kwonlyargs}
    ]

    assert wrong == []


@room_by_room
def test_every_action_is_one_transaction(room):
    bare = [
        action.name
        for action in actions(room)
        if not any("atomic" in ast.unparse(decorator) for decorator in action.decorator_list)
    ]

    assert bare == []


@room_by_room
def test_every_action_has_a_permission_of_its_name(room):
    missing = [
        f"{room.name}.{verb(action)}"
        for action in actions(room)
        if not rules.perm_exists(f"{room.name}.{verb(action)}")
    ]

    assert missing == []


@room_by_room
def test_every_action_is_written_down_in_the_journal(room):
    written = recorded_verbs(room)
    silent = [action.name for action in actions(room) if not written[action.name]]
    unknown = set().union(*written.values()) - set(journal.VERBS) - {"elsewhere"}

    assert (silent, sorted(unknown)) == ([], [])


def recorded_verbs(room: Path) -> dict[str, set[str]]:
    """Which verbs each function of `actions` records, itself or by what it calls in the same file."""
    found = source.functions(source.parts(room, "actions"))
    direct = {node.name: {*recorded_in(node)} for node in found}
    called = {node.name: {source.called(call) for call in source.calls(node)} for node in found}
    for _ in found:  # as deep as there are functions
        for name in direct:
            for other in called[name] & set(direct):
                direct[name] |= direct[other]
    return direct


def recorded_in(node: ast.FunctionDef):
    for call in source.calls(node):
        name = source.called(call)
        if name in {"journal.record", "journal.record_all"}:
            texts = [part for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant)]
            yield from (part.value for part in texts if isinstance(part.value, str))
        elif "actions." in name:
            yield "elsewhere"  # a lower room writes the line


@room_by_room
def test_every_action_has_tests_of_its_name(room):
    names = {
        node.name
        for node in source.functions(sorted((room / "tests").rglob("test_*.py")))
        if node.name.startswith("test_")
    }
    untested = [
        action.name
        for action in actions(room)
        if not any(re.match(rf"test_{verb(action)}(_|$)", name) for name in names)
    ]

    assert untested == []


# --- Models and reads -------------------------------------------------------
def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("guong.")]


def test_no_model_does_something_of_its_own_when_saved():
    ours = [base for model in our_models() for base in model.__mro__ if "guong." in base.__module__]

    assert sorted({base.__name__ for base in ours if {"save", "delete"} & set(vars(base))}) == []


def test_no_model_signal_works_behind_the_actions():
    behind = r"\b(pre|post)_(save|delete|init)\b|\bm2m_changed\b"

    assert [
        source.shown(path) for path in source.python() if re.search(behind, path.read_text("utf-8"))
    ] == []


def is_view(path: Path) -> bool:
    return path.name == "views.py" or path.parent.name == "views"


def test_views_never_read_everything():
    views = [path for path in source.python() if is_view(path) or path.name == "api.py"]
    unscoped = re.compile(r"objects\.(all|get|filter|exclude|order_by|count|values\w*)\(")

    assert [
        f"{source.shown(path)}: {line.strip()}"
        for path in views
        for line in path.read_text("utf-8").splitlines()
        if unscoped.search(line)
    ] == []


def test_views_write_nothing():
    writing = {"save", "delete", "create", "bulk_create", "bulk_update", "get_or_create"}

    assert [
        f"{source.shown(path)}:{call.lineno}"
        for path in source.python()
        if is_view(path)
        for call in source.calls(source.tree(path))
        if isinstance(call.func, ast.Attribute) and call.func.attr in writing
    ] == []


# --- Hand-overs upwards -----------------------------------------------------
def announced() -> set[tuple[str, str]]:
    """Every signal of a room and whoever answers it, as they are connected now."""
    pairs = set()
    for room in source.packages():
        module = f"guong.{room.name}.signals"
        if not find_spec(module):
            continue
        for name, signal in vars(import_module(module)).items():
            if isinstance(signal, Signal):
                answers = {receiver(entry[1]) for entry in signal.receivers} or {"–"}
                pairs |= {(f"{room.name}.signals.{name}", answer) for answer in answers}
    return pairs


def receiver(reference) -> str:
    found = reference() if isinstance(reference, weakref.ReferenceType) else reference
    return f"{found.__module__}.{found.__name__}".removeprefix("guong.")


def test_flow_names_every_signal_and_whoever_answers_it():
    text = (ROOT / "docs" / "flow.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w.]+\.signals\.\w+)` \| `?([\w.–]+)`? \|", text, re.MULTILINE)

    assert set(rows) == announced()


def test_the_day_of_a_moment_is_that_of_viet_nam():
    # What is stored is UTC, seven hours behind: `.date()` of it is yesterday all morning.
    wrong = re.compile(r"(_at|_since|now\(\)|\.at)\.date\(\)")

    assert [source.shown(path) for path in source.python() if wrong.search(path.read_text())] == []


# --- Words ------------------------------------------------------------------
def test_the_glossary_knows_every_room_and_model():
    known = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "glossary.md").read_text("utf-8")))
    needed = {room.name for room in source.packages()} | {model.__name__ for model in our_models()}

    assert sorted(needed - known) == []


# --- What may not be committed ----------------------------------------------
def test_no_file_names_this_machine_or_a_registry():
    home = str(Path.home())
    here = [f"{ROOT}/", *([f"{home}/"] if len(home) > 2 else [])]
    addresses = ["--index" + "-url", "--extra-index" + "-url", "--find" + "-links"]
    material = r"\.\./" + r"shared\b|/work" + r"/shared"
    forbidden = re.compile("|".join([*map(re.escape, here + addresses), material]))

    assert [
        source.shown(path)
        for path in source.tracked()
        if path.suffix not in {".png", ".woff2", ".ttf", ".xlsx", ".docx", ".sqlite3", ".webp"}
        and forbidden.search(path.read_text("utf-8", errors="ignore"))
    ] == []


def test_no_lock_file_with_addresses_is_kept():
    assert [source.shown(path) for path in source.tracked() if path.name == "uv.lock"] == []
    assert "http" not in (ROOT / "requirements" / "dev.txt").read_text("utf-8")


def test_every_dependency_says_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)
    named = project["project"]["dependencies"] + project["dependency-groups"]["dev"]

    assert [name for name in named if not re.search(rf'"{re.escape(name)}", *# \w', text)] == []
