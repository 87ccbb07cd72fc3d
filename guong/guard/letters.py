"""Letters: the marks of Vietnamese, which signs look like ours, which nobody sees, and a folding that
keeps every sign in its place (one sign in, one sign out), so that what is found can be pointed at."""

import unicodedata

UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"  # inside [ ] only
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # grave, acute, tilde, hook, dot below
QUALITIES = frozenset("\u0302\u0306\u031b")  # circumflex, breve, horn
COMBINING = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
DIRECTIONS = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")  # turn the order of reading
# Cyrillic, Greek, Armenian and phonetic letters that a reader takes for Latin ones.
LOOK_ALIKE = dict(
    zip(
        "аеорсухіјѕԁһӏԛԝгпАВЕКМНОРСТХІЈЅҮԌԚԜαονρτυχικγΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲօսոհցɑɡıᴀᴄᴇɪᴋᴍɴᴏᴘᴛᴜᴠᴡᴢꞵ",
        "aeopcyxijsdhlqwrnABEKMHOPCTXIJSYGQWaovptuxikyABEZHIKMNOPTYXcounhgagiaceikmnoptuvwzb",
        strict=True,
    )
)
# Wide, mathematical, circled and squared letters: Unicode itself says which letter is meant.
STYLED = "\u24b6-\u24e9\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3\U0001f130-\U0001f149"
APOSTROPHES = "'’‘ʼʻ`´′ʹ＇"


class _Flat(dict):
    """Code point to code point without its marks, lower case; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFD", sign)[0].lower()[:1]
        plain = {"đ": "d", "ƀ": "b"}.get(plain, plain)
        if sign in APOSTROPHES:
            plain = "'"
        if sign.isspace():
            plain = " "
        if code < 0x2E80:  # the scripts an alphabet has; others would only fill the table
            self[code] = plain
        return plain


FLAT = _Flat()


def flat(text: str) -> str:
    """Lower case without marks, đ as d, every blank a space; exactly as long as the text."""
    return text.translate(FLAT)


def styled_as(sign: str) -> str:
    """The plain letter a wide, mathematical or circled sign stands for; empty when there is none."""
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and plain.isalpha() and plain.isascii() else ""
