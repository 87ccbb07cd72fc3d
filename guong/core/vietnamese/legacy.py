"""Text of the time before Unicode: TCVN3 (.VnTime), VNI, and UTF-8 once read as Windows-1252.

In the first two the letters are those of Latin-1 and only the font makes them Vietnamese: the name of
the cell's font decides; without one a person does, with the proposal before their eyes.
"""

import re

TCVN3, TCVN3_CAPITALS, VNI, MISREAD = "tcvn3", "tcvn3_capitals", "vni", "misread"
NAMES = {
    TCVN3: "TCVN3 (phông .VnTime)",
    TCVN3_CAPITALS: "TCVN3 chữ hoa (phông .VnTimeH)",
    VNI: "VNI (phông VNI-Times)",
    MISREAD: "Unicode bị đọc sai bảng mã",
}

# --- TCVN3: one sign, one letter ---
_TCVN3 = str.maketrans(
    "µ¸¶·¹" "¨»¾¼½Æ" "©ÇÊÈÉË" "®" "ÌÐÎÏÑ" "ªÒÕÓÔÖ" "×ÝØÜÞ" "ßãáâä" "«åèæçé" "¬êíëìî" "ïóñòô"
    "\u00adõøö÷ù" "úýûüþ" "¡¢§£¤¥¦",
    "àáảãạ" "ăằắẳẵặ" "âầấẩẫậ" "đ" "èéẻẽẹ" "êềếểễệ" "ìíỉĩị" "òóỏõọ" "ôồốổỗộ" "ơờớởỡợ" "ùúủũụ"
    "ưừứửữự" "ỳýỷỹỵ" "ĂÂĐÊÔƠƯ",
)  # fmt: skip

# --- VNI: a letter and the sign of its mark after it ---
_MARKED = {
    "a": {"ù": "á", "ø": "à", "û": "ả", "õ": "ã", "ï": "ạ", "â": "â", "á": "ấ", "à": "ầ", "å": "ẩ",
          "ã": "ẫ", "ä": "ậ", "ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"},
    "e": {"ù": "é", "ø": "è", "û": "ẻ", "õ": "ẽ", "ï": "ẹ", "â": "ê", "á": "ế", "à": "ề", "å": "ể",
          "ã": "ễ", "ä": "ệ"},
    "o": {"ù": "ó", "ø": "ò", "û": "ỏ", "õ": "õ", "ï": "ọ", "â": "ô", "á": "ố", "à": "ồ", "å": "ổ",
          "ã": "ỗ", "ä": "ộ"},
    "ô": {"ù": "ớ", "ø": "ờ", "û": "ở", "õ": "ỡ", "ï": "ợ"},
    "u": {"ù": "ú", "ø": "ù", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "ö": {"ù": "ứ", "ø": "ừ", "û": "ử", "õ": "ữ", "ï": "ự"},
    "y": {"ù": "ý", "ø": "ỳ", "û": "ỷ", "õ": "ỹ"},
}  # fmt: skip
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_LETTERS = _ALONE | {
    letter + mark: made for letter, marks in _MARKED.items() for mark, made in marks.items()
}
_VNI = re.compile("|".join(sorted(_VNI_LETTERS, key=len, reverse=True)), re.IGNORECASE)

# --- What gives old text away when no font does. Each sign pair here never stands so in Vietnamese,
# nor in the languages of Tây Nguyên. Letters only, inside a word: « » · © ® ² may stand anywhere. ---
_VNI_MARK = re.compile(
    "[aeouyôö][øùûïåäëü]|[oeuyôö]õ|[ôö][ùøûõï]|ñ[aeiouyöô][øùûõïâêäåáàé]", re.IGNORECASE
)
_TCVN3_SIGN = re.compile(
    "[a-zß-ÿ][µ¸¶¹¨¾¼½¬ªÆÇËÎÏÑÕÖ×ØÜÞÊÈÉÐÒÓÔ]|[µ¸¶¹¨¾¼½¬ªÆËÎÏÖ×ØÜÞ][a-z]"
    "|[a-z][ßäåæçëîïö÷øûüþ]|[ßäåæçëîïö÷øûüþ\u00ad®][a-z]"
)
_MISREAD_SIGN = re.compile("Ã[\u0080-\u00bf¡-¿]|á[º»]|Ä[\u0090\u0091‘\u0083ƒ]|Æ[°¡]|áº")
# The quick look: no text that looks old is without one of these, and hardly any other text has one.
# One pattern that begins with a list of signs, as that is looked for fastest.
_SIGN = "µ¸¶¹¨¾¼½¬ªºÆÇËÎÏÑÖ×ØÜÞßäåæçëîïñö÷øûüþ®\u00adÄÃ"
_CAPITAL, _MARK = "ÊÈÉÐÒÓÔÕ", "ùõÙÕ"  # after a small letter; after a vowel
_TELLTALE = re.compile(
    f"[{_SIGN}{_CAPITAL}{_MARK}]"
    f"(?:(?<=[{_SIGN}])|(?<=[a-z][{_CAPITAL}])|(?<=[aeouyôöAEOUYÔÖ][{_MARK}]))"
)


def by_font(name: str) -> str:
    """Which old coding a font means: one of NAMES, or empty."""
    low = name.strip().lower()
    if low.startswith(".vn"):
        return TCVN3_CAPITALS if low.endswith("h") else TCVN3
    return VNI if low.startswith("vni") else ""


def has_telltale(text: str) -> bool:
    """Whether the text is worth a closer look by `suspected`; quick, for ten thousand rows."""
    return bool(_TELLTALE.search(text))


def suspected(text: str) -> str:
    """Which old coding the text looks like; a guess, to be put before a person."""
    if text.isascii():
        return ""
    if _MISREAD_SIGN.search(text) and _misread(text) != text:
        return MISREAD
    vni, tcvn3 = len(_VNI_MARK.findall(text)), len(_TCVN3_SIGN.findall(text))
    if not vni and not tcvn3:
        return ""
    return VNI if vni >= tcvn3 else TCVN3


def may_be(text: str, coding: str) -> bool:
    """Whether the text can be in this old coding at all: one sign that can only be Unicode says no."""
    return coding == MISREAD or max(text) <= "ÿ"


def converted(text: str, coding: str) -> str:
    """The text in Unicode, read in the old coding. Pure ASCII stays as it is, but for capitals."""
    if coding == VNI:
        return _VNI.sub(_vni_letter, text)
    if coding == MISREAD:
        return _misread(text)
    read = text.translate(_TCVN3)
    return read.upper() if coding == TCVN3_CAPITALS else read


def _vni_letter(found: re.Match) -> str:
    pair = found.group()
    letter = _VNI_LETTERS[pair.lower()]
    return letter.upper() if pair[0].isupper() else letter


def _misread(text: str) -> str:
    """UTF-8 that somebody opened as Windows-1252, put right; anything else as it stands."""
    try:
        signs = (sign.encode("cp1252", "ignore") or sign.encode("latin-1") for sign in text)
        return b"".join(signs).decode("utf-8")
    except UnicodeError:
        return text
