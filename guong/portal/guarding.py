"""The guard over what is public or will be: before a release, every night, and its own training.

It names and never deletes: what is found waits for a second person with a reason, or is mended.
"""

import hashlib
import os
from dataclasses import dataclass
from itertools import chain

from django.conf import settings

from guong.core.policies import require
from guong.core.progress import track
from guong.guard import gazetteer, scorer, surprise
from guong.publicity import content as contents
from guong.publicity.models import StoryApproval
from guong.units.models import User

from . import actions, gate, texts
from .gate import Found
from .models import GuardFinding
from .site import Site

AT_ONCE = 50  # findings a transaction
FEWEST_WORDS = 2000


def note(found: list[Found], by: User) -> list[GuardFinding]:
    """What was found stands on the desk; return what is new there."""
    made: list[GuardFinding] = []
    for start in range(0, len(found), AT_ONCE):
        made += actions.note_findings(found=found[start : start + AT_ONCE], by=by)
    return made


def rescan(*, site: Site, by: User) -> list[GuardFinding]:
    """Everything is read again by the present guard; return what is newly found. May be run twice."""
    require(by, "portal.rescan")
    read, held = 0, []
    for text in track(chain(texts.of_release(site), texts.of_office()), "Lớp gác đọc lại"):
        read += 1
        held += [one for one in gate.look([text]) if not gate.is_let_pass(one)]
    made = note(held, by)
    actions.finish_rescan(read=read, standing=[one.text for one in held], by=by)
    return made


class TooLittle(Exception):
    """There is not enough to learn from; a sentence."""


@dataclass(frozen=True)
class Trained:
    """What the home's own model was made of."""

    stories: int
    left_out: int
    words: int
    sha256: str


def train(*, by: User) -> Trained:
    """The home's own surprise model stands: the shipped one and every released story it passes.

    A story the guard holds teaches nothing. Raises TooLittle.
    """
    require(by, "portal.train_guard")
    shipped, names, own = surprise.shipped(), gazetteer.default(), surprise.Model()
    taken = left_out = words = 0
    rows = StoryApproval.objects.public().order_by("pk")
    for approval in track(rows.iterator(), "Đọc bài đã duyệt", total=rows.count()):
        text = texts.story(approval)
        verdict = scorer.check(text.words, names, title=text.title, model=shipped)
        if verdict.verdict != scorer.PASS:
            left_out += 1
            continue
        taken, words = taken + 1, words + own.read(contents.plain(approval.content))
    if words < FEWEST_WORDS:
        raise TooLittle(
            f"Mới có {words} chữ trong {taken} bài đã duyệt qua được lớp gác; cần ít nhất "
            f"{FEWEST_WORDS} chữ. Lớp gác vẫn dùng mô hình kèm theo."
        )
    packed = shipped.plus(own).packed()
    done = Trained(taken, left_out, words, hashlib.sha256(packed).hexdigest())
    place = surprise.trained_place(settings.HOME)
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(".new")
    half.write_bytes(packed)
    actions.note_training(trained=done, by=by)
    os.replace(half, place)
    return done
