"""The picture a link carries into Zalo or Facebook: drawn by us, words and ornament only, no face."""

import hashlib
import io
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import PIL
from django.conf import settings
from PIL import Image, ImageColor, ImageDraw, ImageFont

FONT = Path(__file__).parent / "data" / "noto-serif-700.ttf"
WIDTH, HEIGHT = 1200, 630  # what social networks crop to
MARGIN, STRIP = 72, 36
PAPER, INK, LACQUER, GOLD, MUTED = "#FBF8F2", "#1E2430", "#A61C28", "#C8912B", "#5B6472"
SMOOTH = 15  # steps between paper and ink
MOST_LINES, LARGEST, SMALLEST = 4, 64, 40


@dataclass(frozen=True)
class Card:
    """The headline and where it comes from; the same words, the same bytes."""

    title: str
    kick: str
    is_demo: bool = False

    @property
    def mark(self) -> str:
        """SHA-256 of everything the drawing depends on."""
        said = (self.title, self.kick, self.is_demo, _look())
        return hashlib.sha256(repr(said).encode()).hexdigest()

    @property
    def path(self) -> str:
        """Its address on the portal."""
        return f"/anh/the-{self.mark[:16]}.png"

    def drawn(self) -> bytes:
        """A PNG of 1200 × 630."""
        cached = settings.HOME / "cache" / "sharecards" / f"{self.mark}.png"
        if not cached.exists():
            out = io.BytesIO()
            _draw(self.title, self.kick, self.is_demo).save(out, "PNG", compress_level=6)
            cached.parent.mkdir(parents=True, exist_ok=True)
            part = cached.with_suffix(".part")
            part.write_bytes(out.getvalue())
            part.replace(cached)
        return cached.read_bytes()


@cache
def _look() -> str:
    """What the drawing depends on beside the words: this file, the font, who draws."""
    bodies = (Path(__file__).read_bytes(), FONT.read_bytes(), PIL.__version__.encode())
    return hashlib.sha256(b"".join(bodies)).hexdigest()


def _draw(title: str, kick: str, is_demo: bool) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    _strip(pen, 0)
    _strip(pen, HEIGHT - STRIP)
    pen.text((MARGIN, 84), kick, LACQUER, _font(30))
    font, lines = _fitted(title)
    for number, line in enumerate(lines):
        # Stacked marks (Ễ, Ậ) need the room: 1.34 of the size.
        pen.text((MARGIN, 140 + number * font.size * 1.34), line, INK, font)
    pen.text((MARGIN, HEIGHT - STRIP - 82), "Gương", LACQUER, _font(44))
    line = "Người tốt, việc tốt của tỉnh Gia Lai" + (" – DỮ LIỆU MẪU" if is_demo else "")
    pen.text((MARGIN + 170, HEIGHT - STRIP - 66), line, MUTED, _font(26))
    return picture.quantize(palette=_palette(), dither=Image.Dither.NONE)


@cache
def _palette() -> Image.Image:
    """Our own colours and the steps from paper to each ink, for smooth letters.

    Looking for the best colours of each picture took ten times as long as drawing it.
    """
    steps = [
        [
            round(ground + (ink - ground) * step / SMOOTH)
            for ground, ink in zip(paper, inks, strict=True)
        ]
        for inks in map(ImageColor.getrgb, (INK, LACQUER, MUTED))
        for paper in [ImageColor.getrgb(PAPER)]
        for step in range(SMOOTH + 1)
    ]
    colours = [*steps, list(ImageColor.getrgb(GOLD))]
    colours += [colours[0]] * (256 - len(colours))
    picture = Image.new("P", (1, 1))
    picture.putpalette([part for colour in colours for part in colour])
    return picture


def _strip(pen: ImageDraw.ImageDraw, top: int) -> None:
    """The brocade: lozenges and combs."""
    pen.rectangle((0, top, WIDTH, top + STRIP), INK)
    middle, half = top + STRIP // 2, STRIP // 2 - 6
    for x in range(30, WIDTH, 60):
        is_lozenge = (x // 60) % 2
        if is_lozenge:
            pen.polygon(
                [(x - half, middle), (x, middle - half), (x + half, middle), (x, middle + half)],
                LACQUER,
            )
            pen.polygon([(x - 5, middle), (x, middle - 5), (x + 5, middle), (x, middle + 5)], GOLD)
        else:
            for tooth in range(-12, 13, 6):
                pen.line((x + tooth, middle - half, x + tooth, middle + half), GOLD, 2)


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the headline stands in four lines; at the smallest it is cut."""
    for size in range(LARGEST, SMALLEST - 1, -4):
        lines = _lines(title, _font(size))
        if len(lines) <= MOST_LINES:
            return _font(size), lines
    lines = lines[:MOST_LINES]
    lines[-1] = lines[-1].rsplit(" ", 1)[0] + " …"
    return _font(SMALLEST), lines


def _lines(title: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines, room = [""], WIDTH - 2 * MARGIN
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
