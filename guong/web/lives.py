"""The life record of an exemplar: what each room offers of it, put on one page."""

from dataclasses import dataclass

from guong.appraisal import cards as appraisal
from guong.core import journal
from guong.core.models import JournalEntry
from guong.exemplars import cards as exemplars
from guong.exemplars.models import Exemplar
from guong.exemplars.selectors import taken_up_by
from guong.honours import cards as honours
from guong.nomination import cards as nomination
from guong.nomination.models import Nomination
from guong.nurturing import cards as nurturing
from guong.publicity import cards as publicity
from guong.recognition import cards as recognition
from guong.replication import cards as replication
from guong.units.models import User


@dataclass(frozen=True)
class Section:
    """One room's part of the page; cards carry title, state, day and address."""

    title: str
    cards: list
    empty: str


@dataclass(frozen=True)
class Life:
    """Everything one reader may see of one exemplar."""

    exemplar: Exemplar
    facts: object
    sections: list[Section]
    history: list[JournalEntry]
    may_copy: Nomination | None = None


def life(exemplar: Exemplar, reader: User) -> Life:
    """Collect the cards of every room, each filtered by what this reader may see."""
    return Life(
        exemplar=exemplar,
        facts=exemplars.facts(exemplar, reader),
        sections=[
            Section("Đề cử", nomination.nominations(exemplar, reader), "Chưa có hồ sơ đề cử."),
            Section("Xác minh", appraisal.verifications(exemplar, reader), "Chưa xác minh."),
            Section(
                "Quyết định",
                recognition.decisions(exemplar, reader),
                "Chưa có quyết định công nhận.",
            ),
            Section("Bồi dưỡng", nurturing.visits(exemplar, reader), "Chưa ai đến thăm."),
            Section("Bài viết", publicity.stories(exemplar, reader), "Chưa có bài."),
            Section(
                "Ai đã làm theo",
                replication.adoptions(exemplar, reader),
                "Chưa có nơi nào đăng ký học theo.",
            ),
            Section("Tôn vinh", honours.entries(exemplar, reader), "Chưa được tôn vinh."),
        ],
        history=_history(exemplar, reader),
        may_copy=nomination.copyable(exemplar, reader),
    )


def _history(exemplar: Exemplar, reader: User) -> list[JournalEntry]:
    """What happened to the record and to those it has taken up, oldest first."""
    lines = [line for one in taken_up_by(exemplar) for line in journal.history(one, reader=reader)]
    return sorted(lines, key=lambda line: (line.at, line.pk))
