"""The guard before a release: what it would newly show is looked at once more, by the guard of today."""

from collections.abc import Iterable
from dataclasses import dataclass

from guong.guard import gazetteer, scorer, surprise
from guong.publicity import content as contents
from guong.publicity.models import StoryApproval

from . import texts
from .models import GuardFinding
from .site import Site
from .texts import Text

MOST_REMEMBERED = 100_000
NAMED = 5
_passed: set[tuple[str, str]] = set()  # (text, model) by hash: a release is built at every look


class Held(Exception):
    """What the release would newly show is held by the guard; a sentence that names it."""

    def __init__(self, found: list["Found"]):
        self.found = found
        named = "; ".join(
            f"«{one.text.title}» ({one.verdict.reasons[0].message})" for one in found[:NAMED]
        )
        more = f" và {len(found) - NAMED} nội dung nữa" if len(found) > NAMED else ""
        super().__init__(
            f"Lớp gác giữ: {named}{more}. Sửa rồi duyệt lại, hoặc một người khác cho qua kèm lý do ở "
            "mục «Lớp gác» của trang «Cổng công khai»."
        )


@dataclass(frozen=True)
class Found:
    """One text the present guard does not pass."""

    text: Text
    verdict: scorer.Verdict


def look(found: Iterable[Text]) -> list[Found]:
    """Those of these texts that the present guard does not pass."""
    model, names, held = surprise.current(), gazetteer.default(), []
    for text in found:
        mark = (text.sha256, model.mark)
        if mark in _passed:
            continue
        verdict = scorer.check(text.words, names, title=text.title, model=model)
        if verdict.verdict != scorer.PASS:
            held.append(Found(text, verdict))
            continue
        if len(_passed) >= MOST_REMEMBERED:
            _passed.clear()
        _passed.add(mark)
    return held


def require_clean(site: Site) -> None:
    """Raises Held when this release would newly show what the guard holds and nobody let pass."""
    held = [one for one in look(texts.of_change(site)) if not is_let_pass(one)]
    if held:
        raise Held(held)


def is_let_pass(found: Found) -> bool:
    """A second person has given a reason for this very text; what is blocked nobody lets pass."""
    if found.verdict.verdict == scorer.BLOCK:
        return False
    record = found.text.record
    if isinstance(record, StoryApproval) and record.override_reason:
        return contents.digest(record.content) == record.sha256
    return (
        GuardFinding.objects.of(found.text)
        .filter(let_pass_by__isnull=False)
        .exclude(verdict=scorer.BLOCK)
        .exists()
    )
