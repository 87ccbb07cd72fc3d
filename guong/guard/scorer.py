"""One scorer for every text: verdict, spans, and a Vietnamese sentence for each reason.

It looks at the grammar of what stands there (document numbers, slots of bodies and provinces, bound
syllables, one stranger in many slots), at how words are written, where links lead and what the text
does. No list of brands. A model of surprise will be one more rule beside these.

Each rule is asked only when a word is there that it could speak about (`interests`), so that a clean
line of a list costs some microseconds. Rules see the unfolded text; offsets lead back to the original.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import chain

from . import bent, intent, links, numbers, pairs, sentences, slots, spelling, strangers, surprise
from .gazetteer import Gazetteer
from .letters import UPPER, flat
from .reading import WORD, Found, Reading
from .surprise import Model
from .syllables import flaw
from .unfolding import Unfolded, is_folded, unfold

PASS, HOLD, BLOCK = "pass", "hold", "block"
MOST = 200  # reasons; a text with more is read no further by anybody


@dataclass(frozen=True)
class Reason:
    """Why, where in the original text, and what it says there.

    A reason about a headline that is no part of the text has start = end = 0.
    """

    code: str
    start: int
    end: int
    text: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """pass, hold or block; the reasons; the hash of exactly the text that was looked at."""

    verdict: str
    reasons: tuple[Reason, ...]
    sha256: str

    def as_dict(self) -> dict:
        """What is stored and printed: verdict, and of each reason code, start, end, text, message."""
        return {"verdict": self.verdict, "reasons": [asdict(reason) for reason in self.reasons]}


def check(
    text: str, gazetteer: Gazetteer, *, title: str = "", model: Model | None = None
) -> Verdict:
    """Look at a whole text, and at its headline if that is given apart. Never raises.

    `model`: the one that stands in this home, unless another is given.
    """
    model = model or surprise.current()
    of_text, of_title = interests([text, title])
    reasons = _reasons(text, gazetteer, of_text, title, model)
    if title and title not in text:
        reasons += [
            Reason(one.code, 0, 0, one.text, f"Ở tiêu đề: {one.message}")
            for one in _reasons(title, gazetteer, of_title, "", model)
        ]
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Verdict(_verdict(reasons), tuple(reasons[:MOST]), sha256)


def check_rows(texts: Sequence[str], gazetteer: Gazetteer) -> list[list[dict]]:
    """The reasons for short texts such as the lines of a list, as dicts; empty for one that passes."""
    return [
        [asdict(reason) for reason in _reasons(text, gazetteer, asked)] if asked else []
        for text, asked in zip(texts, interests(texts), strict=True)
    ]


def _verdict(reasons: list[Reason]) -> str:
    codes = {reason.code for reason in reasons}
    if not codes:
        return PASS
    # Nobody's slip of the pen: an offer with the way to it, a headline glued by a mirror, a hidden link.
    is_offer = "promotion" in codes and codes & {"unknown_host", "shortener", "disguised_link"}
    if is_offer or "glued_title" in codes or {"hidden_link", "unknown_host"} <= codes:
        return BLOCK
    return HOLD


# --- Which rules have something to speak about ---------------------------------
# What a word can be the beginning of; plain numbers, they are asked for at every line of a list.
FOLDED, NUMBER, SLOT, GATED, PAIR, STRANGER, SPELLING, LINK, INTENT, GROWTH = (
    1 << bit for bit in range(10)
)
ALL = (1 << 10) - 1
LONGEST_TOKEN = 64
# Frequent words are looked into only beside a capital: «đã X…», «X… xã».
BESIDE_A_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join(slots.AUXILIARIES)})\s+[{UPPER}]"
    rf"|(?<!\w)[{UPPER}](?![{UPPER}]+\s)\w{{0,40}}(?:\s\w{{1,8}}){{0,3}}\s(?:{'|'.join(slots.LEVELS)})(?!\w)"
)
SLOT_OF = dict.fromkeys(("tỉnh", "báo", "đài", "hành"), SLOT)


def interests(texts: Sequence[str]) -> list[int]:
    """Which rules each text can concern; the union over its words, each looked at once."""
    split = [text.split() for text in texts]
    telling = {
        token: found for token in {*chain.from_iterable(split)} if (found := _of_token(token))
    }
    return [_of_text(text, tokens, telling) for text, tokens in zip(texts, split, strict=True)]


def _of_text(text: str, tokens: list[str], telling: dict[str, int]) -> int:
    found = 0
    for token in filter(telling.__contains__, tokens):
        found |= telling[token]
    if found & PAIR and not found & FOLDED and not pairs.may_be_broken(tokens):
        found &= ~PAIR
    if found & GROWTH and not found & STRANGER and strangers.MAY_GROW.search(text):
        found |= STRANGER
    return found & ~GROWTH


def _of_token(token: str) -> int:
    if token.isdecimal() and token.isascii():  # a figure says nothing; each stands there but once
        return 0
    return _of_word_like(token) if len(token) <= LONGEST_TOKEN else ALL


@lru_cache(maxsize=65536)
def _of_word_like(token: str) -> int:
    found = GROWTH if token in strangers.GROWING or "%" in token else 0
    if is_folded(token) or _is_single_letter(token):
        found |= FOLDED
    if "/" in token:
        found |= NUMBER | LINK
    if (
        "." in token[:-1]
        or not {"<", ":", "@", "["}.isdisjoint(token)
        or flat(token) in ("cham", "dot")
    ):
        found |= LINK
    for match in WORD.finditer(token):
        found |= _of_word(match[0])
    return found


def _is_single_letter(token: str) -> bool:
    return len(token) <= 3 and sum(sign.isalpha() for sign in token) == 1


def _of_word(word: str) -> int:
    found, low = 0, word.lower()
    if low in slots.WORDS:
        found |= SLOT_OF.get(low, GATED)
    if word in pairs.by_first():
        found |= PAIR
    if flaw(word) or len(word) >= 8 or not (word.islower() or word.isupper() or word.istitle()):
        found |= SPELLING
    if low in intent.trigger_words():
        found |= INTENT
    if word[0].isupper() and strangers.is_foreign(word):
        found |= STRANGER
    return found


# --- From findings to reasons --------------------------------------------------
TRICKS = {
    "unseen_sign": "Trong chữ này có ký tự không nhìn thấy.",
    "look_alike": "Chữ này có chữ cái của bộ chữ khác giả dạng.",
    "coded_letter": "Chữ cái ở đây bị viết bằng mã để giấu.",
    "split_by_tags": "Chữ này bị thẻ HTML cắt đôi.",
    "stacked_marks": "Chữ này chồng quá nhiều dấu.",
    "spelled_out": "Chữ bị tách rời từng chữ cái hay từng tiếng để lách kiểm tra.",
}


def _reasons(
    text: str,
    gazetteer: Gazetteer,
    asked: int,
    title: str = "",
    model: Model | None = None,
) -> list[Reason]:
    unfolded = unfold(text) if asked & FOLDED else Unfolded(text)
    if unfolded.text != text:
        asked = interests([unfolded.text])[0] | asked & LINK
    placed = [
        Found(one.code, *unfolded.span(one.start, one.end), one.message)
        for one in look(unfolded.text, gazetteer, title, asked, model)
    ]
    if "<" in text:
        placed += links.look_at_tags(text, gazetteer)
    placed += [Found(trick.code, trick.start, trick.end, TRICKS[trick.code])
               for trick in unfolded.tricks]  # fmt: skip
    return _once(text, placed)


def look(
    text: str, gazetteer: Gazetteer, title: str, asked: int, model: Model | None
) -> list[Found]:
    """What the rules that are concerned find in the unfolded text."""
    reading = Reading(text)
    found: list[Found] = []
    if asked & NUMBER:
        found += numbers.look(reading, gazetteer)
    is_beside = asked & GATED and BESIDE_A_NAME.search(text)
    if asked & (SLOT | STRANGER) or is_beside:
        found += slots.look(reading, gazetteer)
    if asked & PAIR:
        found += pairs.look(reading)
    if asked & STRANGER or is_beside:
        found += strangers.look(reading, gazetteer)
    del found[MOST:]
    if found:
        found += strangers.again(reading, found)
    if asked & SPELLING or title:
        found += spelling.look(reading, title)
    if asked & SPELLING or model is not None:
        found += bent.look(reading, model)
    if model is not None:
        found += sentences.look(reading, model)
    if asked & LINK:
        found += links.look(text, gazetteer)
    if asked & INTENT:
        found += intent.look(reading)
    return found


def _once(text: str, found: list[Found]) -> list[Reason]:
    """Each finding once, in the order of the text."""
    placed = {(one.start, one.end, one.code): one for one in found}
    return [
        Reason(one.code, one.start, one.end, text[one.start : one.end], one.message)
        for _, one in sorted(placed.items())
    ]
