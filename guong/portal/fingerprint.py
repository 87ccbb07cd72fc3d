"""What a page is rendered from, as one hash: what has the same hash has the same bytes.

A page is a function of the program, its template and its context. The context is walked as a reader of
it would: dataclasses by their fields (but those with `compare=False`), records by their columns and by
the related records that are loaded already. Whatever is not loaded must not be read while rendering;
the tests let no query through.
"""

import hashlib
import json
import sys
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import FunctionType
from uuid import UUID

import django
from django.db.models import Model
from django.utils.functional import Promise

PROGRAM = Path(__file__).parents[1]
PLAIN = (date, time, Decimal, UUID, Promise, Path)


@cache
def program() -> str:
    """SHA-256 over our own code and templates, and what they run on."""
    hasher = hashlib.sha256(f"{sys.version} {django.get_version()}".encode())
    for kind in ("*.py", "*.html", "*.csv"):
        for path in sorted(PROGRAM.rglob(kind)):
            hasher.update(str(path.relative_to(PROGRAM)).encode() + b"\0" + path.read_bytes())
    return hasher.hexdigest()


class Fingerprints:
    """Hashes for the pages of one release; what several pages show is looked at once."""

    def __init__(self):
        # The object stands beside its hash, so that its id is nobody else's meanwhile.
        self._own: dict[int, tuple[Model, str, list]] = {}
        self._whole: dict[int, tuple[object, str]] = {}

    def of(self, shown: object) -> str:
        """SHA-256 in hex. Raises TypeError on a thing whose contents are not known."""
        met: dict[int, int] = {}

        def told(thing: object) -> object:
            if isinstance(thing, PLAIN):
                return [type(thing).__name__, str(thing)]
            if isinstance(thing, FunctionType):
                return [thing.__module__, thing.__qualname__]  # what it does stands in `program`
            if not isinstance(thing, Model):
                return self._of_whole(thing)
            if id(thing) in met:
                return ["again", met[id(thing)]]
            met[id(thing)] = len(met)
            _, own, others = self._parts(thing)
            return [own, others]

        # `met` ends the circles that records are in.
        said = json.dumps(
            [program(), shown], default=told, ensure_ascii=False, check_circular=False
        )
        return hashlib.sha256(said.encode()).hexdigest()

    def _of_whole(self, thing: object) -> str:
        """The hash of a dataclass by itself: a dozen pages show the same story."""
        known = self._whole.get(id(thing))
        if known is None:
            said = [type(thing).__name__, _told_fields(thing)]
            known = self._whole[id(thing)] = (thing, self.of(said))
        return known[1]

    def _parts(self, record: Model) -> tuple[Model, str, list]:
        """The hash of what is the record's own, and what else it leads to."""
        known = self._own.get(id(record))
        if known is None:
            columns, others = _contents(record)
            written = json.dumps([type(record).__name__, columns], default=_plain).encode()
            known = self._own[id(record)] = (record, hashlib.sha256(written).hexdigest(), others)
        return known


def _plain(value: object) -> str:
    if isinstance(value, PLAIN):
        return str(value)
    raise TypeError


def _told_fields(thing: object) -> dict[str, object]:
    if not is_dataclass(thing) or isinstance(thing, type):
        raise TypeError(f"{type(thing)} in the context of a page: what of it is shown?")
    return {field.name: getattr(thing, field.name) for field in fields(thing) if field.compare}


def _contents(record: Model) -> tuple[list, list]:
    """The record's columns, and the records it leads to; pairs of name and value."""
    columns = [(field.attname, getattr(record, field.attname)) for field in _loaded(record)]
    many = getattr(record, "_prefetched_objects_cache", {})
    lists = [(name, list(rows)) for name, rows in sorted(many.items())]
    return columns, [*sorted(record._state.fields_cache.items()), *lists]


def _loaded(record: Model) -> list:
    there = record.__dict__
    return [field for field in record._meta.concrete_fields if field.attname in there]
