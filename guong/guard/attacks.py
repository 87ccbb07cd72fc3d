"""Attacks made on a clean text, for tests and for measuring: never on real pages, only invented brands.

Each takes a text and a source of chance and gives the attacked text, or the same text when there is
nothing in it to attack.
"""

import random
import re
import unicodedata

from .letters import LOOK_ALIKE, TONES

# Invented: none of them names a house, a site or a product that exists.
BRANDS = (
    "Bến Vàng Palace", "Lucky Sampan", "Rồng Biển Club", "Sảnh Trầu Vip", "VuaSampan88", "Kèo Mai Sáng",
    "Golden Trầu", "TrauBet", "Sampan Kingdom", "Hội Ngọc Win",
)  # fmt: skip
SMALL_NAMES = ("Nhà sảnh", "Sòng sen", "Bến kèo")
VERBS = ("Link vào {}", "{}", "{} đăng nhập", "vào {}")
PROVINCE = "Gia Lai"
LETTERS = [
    "aàáảãạăằắẳẵặâầấẩẫậ", "eèéẻẽẹêềếểễệ", "iìíỉĩị", "oòóỏõọôồốổỗộơờớởỡợ", "uùúủũụưừứửữự", "yỳýỷỹỵ",
]  # fmt: skip
FAMILY = {sign: row for row in LETTERS for sign in row}
KEYWORDS = (
    "lịch âm tháng này",
    "giá vàng hôm nay",
    "kết quả bóng đá",
    "dự báo thời tiết",
    "review phim",
)


def replaced(text: str, brand: str, small: str) -> str:
    """The shape of the first attack: every «UBND», small «tăng» and name of the province replaced."""
    return re.sub(
        rf"\bUBND\b|\btăng\b|{PROVINCE}",
        lambda found: _stand_in(found[0], brand, small),
        text,
    )


def _stand_in(word: str, brand: str, small: str, verb: str = "") -> str:
    return {"UBND": brand, "tăng": verb or f"Link vào {brand}"}.get(word, small)


def places(text: str) -> list[re.Match]:
    return list(re.finditer(rf"\bUBND\b|\btăng\b|{PROVINCE}", text))


def substitute(text: str, draw: random.Random, share: float | None = None) -> str:
    """An unseen brand in a share of the places; without a share, in one place."""
    found = places(text)
    count = 1 if share is None else max(1, round(len(found) * share))
    chosen = {match.start() for match in draw.sample(found, min(count, len(found)))}
    brand, small = draw.choice(BRANDS), draw.choice(SMALL_NAMES)
    verb = draw.choice(VERBS).format(brand)
    parts, last = [], 0
    for match in found:
        if match.start() in chosen:
            parts += [text[last : match.start()], _stand_in(match[0], brand, small, verb)]
            last = match.end()
    return "".join([*parts, text[last:]])


def mutate(text: str, draw: random.Random, rate: float) -> str:
    """Wrong tones and vowel marks on a share of the syllables; sometimes a second tone."""
    return re.sub(r"[^\W\d_]+", lambda found: _bent(found[0], draw, rate), text)


def _bent(word: str, draw: random.Random, rate: float) -> str:
    spots = [i for i, sign in enumerate(word.lower()) if sign in FAMILY]
    if not spots or draw.random() >= rate:
        return word
    place = draw.choice(spots)
    row = FAMILY[word[place].lower()].replace(word[place].lower(), "")
    sign = draw.choice(row)
    return word[:place] + (sign.upper() if word[place].isupper() else sign) + word[place + 1 :]


def glue(text: str, draw: random.Random) -> str:
    """A mirror's headline: after its first words run together, cut, and followed by a keyword."""
    head, _, rest = text.partition(". ")
    words = re.findall(r"[^\W\d_]+", head)[:18]
    first = draw.randint(1, 3)
    run = "".join(words[first:])[1:-1]
    return (
        f"{' '.join(words[:first])}, {run}{draw.choice(KEYWORDS).replace(' ', '')} {head}. {rest}"
    )


def spell_out(sentence: str, draw: random.Random) -> str:
    sign = draw.choice(".·*-_")
    return " ".join(sign.join(word) if word.isalpha() else word for word in sentence.split())


def zero_width(sentence: str, draw: random.Random) -> str:
    return re.sub(
        r"(?<=[^\W\d_])(?=[^\W\d_])",
        lambda _: draw.choice("\u200b\u200c\u2060\ufeff") if draw.random() < 0.3 else "",
        sentence,
    )


def look_alike(sentence: str, draw: random.Random) -> str:
    back: dict[str, list[str]] = {}
    for foreign, plain in LOOK_ALIKE.items():
        if "LATIN" not in unicodedata.name(foreign, ""):
            back.setdefault(plain, []).append(foreign)
    return "".join(
        draw.choice(back[sign]) if sign in back and draw.random() < 0.5 else sign
        for sign in sentence
    )


def coded(sentence: str, draw: random.Random) -> str:
    return "".join(
        f"&#{ord(sign)};" if sign.isalpha() and draw.random() < 0.6 else sign for sign in sentence
    )


def decomposed(sentence: str, draw: random.Random) -> str:
    """Marks apart from letters: what hides in it must be found just as well."""
    return unicodedata.normalize("NFD", sentence)


def hidden_link(text: str, draw: random.Random) -> str:
    style = draw.choice(
        ["display:none", "position:absolute;left:-9999px", "font-size:0", "opacity:0"]
    )
    host = f"ben-{draw.randint(10, 99)}-sampan.{draw.choice(['com', 'top', 'vip'])}"
    link = draw.choice([
        f'<a href="https://{host}/" style="{style}">xem thêm</a>',
        f'<div style="{style}"><a href="//{host}">Báo Gia Lai</a></div>',
        f"{host}/dang-ky",
        f'<a href="http://{host}/x.html">gialai.gov.vn</a>',
    ])  # fmt: skip
    words = text.split(" ")
    words.insert(draw.randint(0, len(words)), link)
    return " ".join(words)


def tones_of(text: str) -> int:
    return sum(sign in TONES for sign in unicodedata.normalize("NFD", text))
