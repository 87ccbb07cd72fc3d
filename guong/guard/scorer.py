"""One scorer for every text: verdict, spans, and a Vietnamese sentence for each reason.

It looks at the grammar of what stands there (document numbers, agency and province slots, fixed
pairs, one foreign term in many slots) and at how it is written; no list of brands.
Source: ADR on the guard; the measuring stick is in docs/guard.md.
"""

import hashlib
import re
from dataclasses import dataclass

from . import grammar, links, manner
from .gazetteer import Gazetteer
from .unfolding import Unfolded, unfold

PASS, HOLD, BLOCK = "pass", "hold", "block"


@dataclass(frozen=True)
class Reason:
    """Why, where in the original text, and what it says there."""

    code: str
    start: int
    end: int
    text: str
    message: str

    def as_dict(self) -> dict:
        return vars(self)


@dataclass(frozen=True)
class Verdict:
    """pass, hold or block; the reasons; the hash of exactly the text that was looked at."""

    verdict: str
    reasons: tuple[Reason, ...]
    sha256: str

    def as_dict(self) -> dict:
        return {
            "verdict": self.verdict,
            "reasons": [reason.as_dict() for reason in self.reasons],
        }


def check(text: str, gazetteer: Gazetteer, *, title: str = "") -> Verdict:
    """Look at a whole text. Never raises; offsets are those of `text`."""
    unfolded = unfold(text)
    found = [
        *grammar.look(unfolded.text, gazetteer),
        *links.look(unfolded.text, gazetteer),
        *manner.look(unfolded, title),
    ]
    reasons = tuple(_reasons(text, unfolded, found))
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Verdict(_verdict(reasons), reasons, sha256)


def _reasons(text: str, unfolded: Unfolded, found) -> list[Reason]:
    seen, reasons = set(), []
    for code, start, end, message in sorted(found, key=lambda one: (one[1], one[2], one[0])):
        first, last = unfolded.span(start, end)
        if (code, first, last) not in seen:
            seen.add((code, first, last))
            reasons.append(Reason(code, first, last, text[first:last], message))
    return reasons


BLOCKING = {"hidden_link", "machine_order"}


def _verdict(reasons) -> str:
    if not reasons:
        return PASS
    codes = {reason.code for reason in reasons}
    # A promotion that also breaks the grammar is nobody's slip of the pen.
    if codes & BLOCKING or ("promotion" in codes and codes & {"link", "foreign_term"}):
        return BLOCK
    return HOLD


# What any rule of the scorer needs before it can speak at all; a row without it is clean.
SUSPECT = re.compile(
    r"\d\s*/|/\s*[A-ZĐ]|[a-z]\.[a-z]|https?:|&|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\u0370-\u03ff\u0400-\u04ff]|[Tt]ỉnh|[Bb]áo |[Đđ]ài |cường|khai|[Bb]an hành|[Yy]êu cầu|[Cc]ông văn"
    r"|AI|trợ lý|[a-zA-Z]{4,} [A-Z][a-z]{3,}|[a-zA-Z]{6,}|(?:\w[.·*_]){3}|[Kk]huyến|[Tt]hưởng|[Cc]ược"
    r"|[Đđ]ăng ký"
)


def check_row(text: str, gazetteer: Gazetteer) -> list[dict]:
    """The reasons for a short text such as a line of a list; cheap when nothing can be wrong."""
    if not SUSPECT.search(text):
        return []
    return check(text, gazetteer).as_dict()["reasons"]
