"""Drawn pictures for the sample province: flat landscapes and figures without faces, from a seed."""

import io
import math
import random

from PIL import Image, ImageDraw

SIZE = (1200, 750)
SKIES = ["#F3E3C7", "#E9EFF7", "#F8EFDA", "#E7F1EB"]
HILLS = ["#8FA98B", "#6E8F73", "#4F7A5F", "#1F6B4A"]
EARTH = ["#B4503D", "#9A3F33", "#C98A5B", "#A9684A"]
SEA = ["#7FA6BF", "#5B86A6", "#2B4C7E"]
CLOTH = ["#A61C28", "#2B4C7E", "#1F6B4A", "#1E2430", "#C8912B"]
SKIN = "#B98B66"
SCALE = 2  # drawn twice as large and brought down, so that edges are smooth


def picture(seed: int, kind: str) -> bytes:
    """A JPEG of a landscape (`plateau`, `coast`, `village`) with one or more figures in it."""
    draw_from = random.Random(seed)
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), draw_from.choice(SKIES))
    pen = ImageDraw.Draw(image)
    _sun(pen, draw_from)
    {"plateau": _plateau, "coast": _coast, "village": _village}[kind](pen, draw_from)
    for _ in range(draw_from.choice([1, 1, 2, 3])):
        _figure(pen, draw_from)
    out = io.BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(out, "JPEG", quality=88)
    return out.getvalue()


def _sun(pen, draw_from):
    x, y = draw_from.randint(300, 2000), draw_from.randint(180, 420)
    pen.ellipse([x, y, x + 190, y + 190], fill="#E8B95B")


def _ridge(pen, draw_from, base, height, colour):
    step, width = 60, SIZE[0] * SCALE
    shift, length = draw_from.random() * 6, draw_from.uniform(260, 520)
    points = [(0, SIZE[1] * SCALE)]
    for x in range(0, width + step, step):
        wave = math.sin(x / length + shift) + 0.4 * math.sin(x / (length / 2.7) + shift * 2)
        points.append((x, base - height * wave))
    points.append((width, SIZE[1] * SCALE))
    pen.polygon(points, fill=colour)


def _plateau(pen, draw_from):
    for index, colour in enumerate(HILLS[: draw_from.choice([2, 3])]):
        _ridge(pen, draw_from, 760 + index * 130, 110 - index * 25, colour)
    _ridge(pen, draw_from, 1190, 24, draw_from.choice(EARTH))
    for row in range(4):
        for x in range(60 + row * 40, SIZE[0] * SCALE, 210):
            y = 1235 + row * 72
            pen.ellipse([x, y - 34, x + 96, y + 30], fill="#2F5D43")
            pen.ellipse([x + 40, y - 8, x + 54, y + 6], fill="#A61C28")


def _coast(pen, draw_from):
    pen.rectangle([0, 760, SIZE[0] * SCALE, SIZE[1] * SCALE], fill=SEA[0])
    pen.rectangle([0, 930, SIZE[0] * SCALE, SIZE[1] * SCALE], fill=SEA[1])
    for index in range(3):
        x, y = draw_from.randint(150, 2000), 830 + index * 70
        pen.polygon([(x, y), (x + 210, y), (x + 170, y + 54), (x + 40, y + 54)], fill="#8A1420")
        pen.polygon([(x + 96, y - 8), (x + 96, y - 150), (x + 186, y - 8)], fill="#FBF8F2")
    _ridge(pen, draw_from, 1260, 30, "#E3CFA4")


def _village(pen, draw_from):
    _ridge(pen, draw_from, 820, 100, HILLS[1])
    _ridge(pen, draw_from, 1080, 30, HILLS[2])
    for index in range(3):
        x = 260 + index * 690 + draw_from.randint(-60, 60)
        tall = 430 if index == 1 else 210
        pen.rectangle([x, 1010, x + 330, 1130], fill="#8B5A3C")
        pen.polygon(
            [(x - 46, 1010), (x + 376, 1010), (x + 205, 1010 - tall), (x + 125, 1010 - tall)],
            fill="#C98A5B",
        )
        for post in range(5):
            pen.rectangle([x + 14 + post * 72, 1130, x + 30 + post * 72, 1210], fill="#5A3B28")
    _ridge(pen, draw_from, 1250, 18, draw_from.choice(EARTH))


def _figure(pen, draw_from):
    x, y = draw_from.randint(500, 1800), draw_from.randint(1270, 1380)
    colour = draw_from.choice(CLOTH)
    pen.rounded_rectangle([x - 66, y - 290, x + 66, y + 20], radius=52, fill=colour)
    pen.rectangle([x - 60, y - 150, x + 60, y - 130], fill="#FBF8F2")
    pen.ellipse([x - 44, y - 384, x + 44, y - 288], fill=SKIN)
    pen.polygon([(x - 96, y - 348), (x + 96, y - 348), (x, y - 428)], fill="#E3CFA4")
