"""What the signer insists on: two persons for everything that is added or changed.

It compares the release it is asked to sign with the one that stands; what the request says
of itself counts for nothing. Refusals are sentences for the office's release page.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterator

import brotli
from tuf.api.metadata import TargetFile

NUMBERS = "so-lieu.json"  # page id → integer; the only target nobody has to approve
GONE, ABSENT = "410.html", "404.html"
MINIMUM = 2
NOBODY = {"", "he-thong", "system"}  # accounts of the machine count for nobody's four eyes
SUFFIXES = {"gzip": ".gz", "br": ".br"}
LARGEST_NUMBERS = 20_000_000

Entries = dict[str, TargetFile]
Read = Callable[[str], bytes]  # SHA-256 → the object's bytes


def base_name(name: str, entry: TargetFile) -> str:
    """The target this one is an encoding of, or itself."""
    suffix = SUFFIXES.get((entry.custom or {}).get("encoding", ""), "")
    return name.removesuffix(suffix) if suffix and name.endswith(suffix) else name


def address(name: str) -> str:
    """The URL path of a target."""
    return "/" + (name.removesuffix("index.html") if is_index(name) else name)


def is_index(name: str) -> bool:
    return name == "index.html" or name.endswith("/index.html")


def sha256(entry: TargetFile) -> str:
    return entry.hashes["sha256"]


def objections(new: Entries, old: Entries, read: Read, persons: int = MINIMUM) -> Iterator[str]:
    """Why this release may not be signed; nothing when it may.

    `old` is what stands now (empty before the first release: then everything is new).
    """
    needed = max(MINIMUM, persons)
    for name in (GONE, ABSENT):
        if name not in new:
            yield f"Bản phát hành thiếu trang {name}."
    judged = set()
    for name, entry in new.items():
        base = base_name(name, entry)
        if old.get(name) == entry or base in judged:
            continue
        judged.add(base)
        yield from _of_page(base, new, read, needed)


def _of_page(base: str, new: Entries, read: Read, needed: int) -> Iterator[str]:
    page = new.get(base)
    if page is None:
        yield f"Tệp nén của {address(base)} không có trang gốc."
    elif _is_gone(base, new) or (base == NUMBERS and _only_numbers(new, read)):
        return
    else:
        yield from _of_inputs(base, page, needed)


def _of_inputs(base: str, page: TargetFile, needed: int) -> Iterator[str]:
    inputs = (page.custom or {}).get("inputs") or []
    if not inputs:
        yield f"Trang {address(base)} không nêu nguồn nào nên không ai chịu trách nhiệm; không ký."
    for source in inputs:
        persons = {str(person).strip().casefold() for person in source["persons"]} - NOBODY
        if source.get("numbers_only"):
            yield f"Trang {address(base)}: «{source['key']}» không chỉ gồm con số; không ký."
        elif len(persons) < needed:
            yield (
                f"Trang {address(base)}: nguồn «{source['key']}» mới có {len(persons)} người"
                f" ({', '.join(sorted(persons)) or 'chưa ai'}), cần {needed} người khác nhau."
            )


def _is_gone(base: str, new: Entries) -> bool:
    """Exactly the page «đã gỡ», in every encoding: taking away needs one person only."""
    page, gone = new[base], new.get(GONE)
    if gone is None or base == GONE:
        return False
    custom = {key: value for key, value in (page.custom or {}).items() if key != "withdrawn"}
    return (
        custom.get("status") == 410
        and custom == gone.custom
        and all(
            suffix_hash == _hash_of(new, GONE + suffix)
            for suffix in ("", *SUFFIXES.values())
            if (suffix_hash := _hash_of(new, base + suffix)) or not suffix
        )
    )


def _hash_of(entries: Entries, name: str) -> str:
    return sha256(entries[name]) if name in entries else ""


def _only_numbers(new: Entries, read: Read) -> bool:
    """The numbers file holds page ids and whole numbers, in every encoding, and says so."""
    page = new[NUMBERS]
    inputs = (page.custom or {}).get("inputs") or []
    if not inputs or not all(source.get("numbers_only") for source in inputs):
        return False
    try:
        plain = _bytes(page, read)
        numbers = json.loads(plain)
        same = all(
            decoded(encoding, _bytes(new[NUMBERS + suffix], read)) == plain
            for encoding, suffix in SUFFIXES.items()
            if NUMBERS + suffix in new
        )
    except (OSError, ValueError, zlib.error, EOFError, brotli.error):
        return False
    return same and isinstance(numbers, dict) and all(_counts(n) for n in numbers.values())


def _counts(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _bytes(entry: TargetFile, read: Read) -> bytes:
    if entry.length > LARGEST_NUMBERS:
        raise ValueError("too large for numbers")
    body = read(sha256(entry))
    entry.verify_length_and_hashes(body)
    return body


def decoded(encoding: str, body: bytes) -> bytes:
    return gzip.decompress(body) if encoding == "gzip" else brotli.decompress(body)
