"""Cuts the web fonts from Debian's full Noto files (fonts-noto-core, OFL-1.1).

Latin, Vietnamese and Tây Nguyên letters, layout tables kept: without `mark` the breve of ê̆ ô̆ floats.

    apt-get install fonts-noto-core fonts-croscore && .venv/bin/python scripts/cut_fonts.py
"""

import shutil
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).parents[1]
NOTO = Path("/usr/share/fonts/truetype/noto")
CROSCORE = Path("/usr/share/fonts/truetype/croscore")
WEB = ROOT / "guong" / "web" / "static" / "guong" / "fonts"
RANGES = [
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x180, 0x180),
    (0x243, 0x243),
    (0x1A0, 0x1A1),
    (0x1AF, 0x1B0),
    (0x2B0, 0x2BF),
    (0x300, 0x304),
    (0x306, 0x309),
    (0x31B, 0x31B),
    (0x323, 0x323),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2027),
    (0x2030, 0x203A),
    (0x20AB, 0x20AC),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
]
FACES = {
    "NotoSans-Regular": "noto-sans-400",
    "NotoSans-Bold": "noto-sans-700",
    "NotoSerif-Bold": "noto-serif-700",
}


def cut(source: Path, target: Path) -> None:
    flavor = "woff2" if target.suffix == ".woff2" else None
    options = subset.Options(flavor=flavor, layout_features=["*"], hinting=False)
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for low, high in RANGES for code in range(low, high + 1)])
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    for name, short in FACES.items():
        target = WEB / f"{short}.woff2"
        cut(NOTO / f"{name}.ttf", target)
        print(target.name, target.stat().st_size)
    portal = ROOT / "guong" / "portal"
    shutil.copy(WEB / "noto-serif-700.woff2", portal / "static" / "portal")
    cut(NOTO / "NotoSerif-Bold.ttf", portal / "data" / "noto-serif-700.ttf")  # share cards
    papers = ROOT / "guong" / "core" / "fonts"
    for style in ("Regular", "Bold", "Italic", "BoldItalic"):
        shutil.copy(CROSCORE / f"Tinos-{style}.ttf", papers)


if __name__ == "__main__":
    main()
