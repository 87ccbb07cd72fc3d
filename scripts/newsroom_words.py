"""Compiles the newsroom's Vietnamese: the .po files of guong/publicity/locale to .mo beside them.

.venv/bin/python scripts/newsroom_words.py
"""

from pathlib import Path

import polib

WORDS = sorted((Path(__file__).parents[1] / "guong/publicity/locale").rglob("*.po"))


def compiled(words: Path) -> bytes:
    """The bytes Django reads, made of the words people write."""
    return polib.pofile(str(words)).to_binary()


if __name__ == "__main__":
    for words in WORDS:
        words.with_suffix(".mo").write_bytes(compiled(words))
