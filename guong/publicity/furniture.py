"""The words that stand around a story on its page, and what takes their place in another language.

We ship none but Vietnamese: invented Jrai is worse than none.
"""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from guong.core.languages import OURS

from .models import Furniture

WORDS = {
    "language": "Tiếng Việt",
    "languages": "Bài này bằng tiếng khác",
    "source": "Nguồn",
    "listen": "Nghe",
    "larger": "Chữ lớn",
    "share": "Chia sẻ",
    "print": "In",
    "sound": "Nghe kể",
    "video": "Xem phim",
    "transcript": "Lời trong bản ghi",
    "steps": "Cách làm, từng bước",
    "claims": "Việc làm và kiểm chứng",
    "followers": "Ai đã làm theo",
    "near": "Chuyện gần đây và cùng lĩnh vực",
    "introduce": "Giới thiệu người tốt",
}
HELP = {
    "language": "Tên gọi của tiếng này, trong chính tiếng này",
    "listen": "Nút nghe máy đọc",
    "sound": "Tiêu đề trên bản ghi âm",
    "video": "Tiêu đề trên phim",
    "introduce": "Nút dưới bài",
}


@dataclass(frozen=True)
class Spoken:
    """The words for a page in one language: a reader's device is told where they fall back."""

    lang: str
    words: dict[str, str]

    def __getitem__(self, key: str) -> SafeString | str:
        if self.lang == OURS:
            return WORDS[key]
        if key in self.words:
            return self.words[key]
        return format_html('<span lang="{}">{}</span>', OURS, WORDS[key])

    def name(self) -> str:
        """What the language calls itself; empty as long as nobody has told us."""
        return WORDS["language"] if self.lang == OURS else self.words.get("language", "")


def in_use() -> dict[str, Furniture]:
    """What is confirmed and newest, by language."""
    return {
        row.lang: row
        for row in Furniture.objects.public().select_related("entered_by", "confirmed_by")
    }


def said(row: Furniture | None) -> list[tuple[str, str]]:
    """What stands for what, in the order of the page."""
    words = row.words if row else {}
    return [(word, words[key]) for key, word in WORDS.items() if key in words]
