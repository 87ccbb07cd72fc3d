"""Which written syllables Vietnamese has: onset, rhyme, tone and the spelling between them. No
dictionary: the inventory is closed, whatever is outside it was mistyped, bent, or is another tongue.

Source: the spelling rules as every school grammar gives them.
"""

import re
import unicodedata
from functools import lru_cache

from .letters import QUALITIES, TONES

ONSETS = ("ngh", "ch", "gh", "kh", "ng", "nh", "ph", "th", "tr", "qu", "gi",
          *"bcdđghklmnprstvx", "")  # fmt: skip
RHYMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec "
    "em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip "
    "it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen "
    "oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât "
    "uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh "
    "uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt "
    "yêu".split()
)
AFTER_QU = frozenset(
    "a ac ach ai an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng âp ât âu ây e en eng eo ep et "
    "ê ên ênh êt êch i it y yên yêt ynh yt ych ơ ơi ơn ôc uôc".split()
)
FRONT = frozenset("eêiy")
STOPS = ("c", "ch", "p", "t")
VOWELS = re.compile("[aăâeêioôơuưy]+")
SHARP_OR_HEAVY = {"\u0301", "\u0323"}
# Slips of hurried fingers that any clerk's list is full of; they count half.
SLIPS = (("uơ", "ươ"), ("ưo", "ươ"), ("ngh", "ng"), ("gh", "g"), ("uyê", "uê"))


def parts(word: str) -> tuple[str, list[str], bool]:
    """The word without tones (lower case, composed), its tones, and whether a letter is marked."""
    bare, tones, is_marked = "", [], False
    for sign in unicodedata.normalize("NFD", word.lower()):
        if sign in TONES:
            tones.append(sign)
        else:
            bare += sign
            is_marked |= sign in QUALITIES or sign == "đ"
    return unicodedata.normalize("NFC", bare), tones, is_marked


FIGURES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}


def tone_of(word: str) -> tuple[str, str]:
    """A syllable without its tone, and the tone's figure as the list of spoken ones writes it."""
    bare, tones, _ = parts(word)
    return bare, FIGURES[tones[0]] if tones else "0"


@lru_cache(maxsize=32768)
def is_syllable(word: str) -> bool:
    """Whether a word can be one Vietnamese syllable with its tone."""
    bare, tones, _ = parts(word)
    return len(bare) <= 7 and len(tones) <= 1 and _is_sound(bare, tones)


def _is_sound(bare: str, tones: list[str]) -> bool:
    return any(
        _stands(onset, bare[len(onset) :])
        # A stopped syllable bears only the sharp or the heavy tone; unmarked text has no tones.
        and (not bare.endswith(STOPS) or (bool(tones) and tones[0] in SHARP_OR_HEAVY))
        for onset in ONSETS
        if bare.startswith(onset)
    )


def _stands(onset: str, rhyme: str) -> bool:
    """The rhyme exists and may follow this onset."""
    if onset == "qu":
        return rhyme in AFTER_QU
    if onset == "gi" and rhyme and rhyme[0] not in FRONT:
        return rhyme in RHYMES
    if rhyme not in RHYMES:
        return False
    is_front = rhyme[0] in FRONT
    if onset in ("c", "ng"):
        return not is_front
    if onset == "g":
        return rhyme[0] == "i" or not is_front  # «gì», «giếng» beside «gà»
    if onset in ("k", "gh", "ngh"):
        return is_front
    if rhyme[0] == "y":
        return onset in ("", "h", "l", "m", "s", "t", "th", "v") and (rhyme == "y" or not onset)
    return bool(onset) or not rhyme.startswith("iê")


@lru_cache(maxsize=32768)
def is_unmarked_syllable(word: str) -> bool:
    """Whether a word without any mark can be a Vietnamese syllable that lost its marks."""
    bare, tones, is_marked = parts(word)
    if tones or is_marked:
        return is_syllable(word)
    return any(_is_bare_rhyme(bare[len(onset) :]) for onset in ONSETS if bare.startswith(onset))


def _is_bare_rhyme(rhyme: str) -> bool:
    return rhyme in BARE_RHYMES


def _bare(rhyme: str) -> str:
    decomposed = unicodedata.normalize("NFD", rhyme)
    return "".join(sign for sign in decomposed if sign not in QUALITIES)


BARE_RHYMES = frozenset(map(_bare, RHYMES | AFTER_QU))


@lru_cache(maxsize=32768)
def flaw(word: str) -> float:
    """How surely a word is bent Vietnamese: 0 sound or another tongue's, ½ a likely slip, 1 broken,
    2 with two tones, which no keyboard for Vietnamese lets happen by itself."""
    bare, tones, is_marked = parts(word)
    if (not tones and not is_marked) or is_of_the_highlands(word):
        return 0
    if len(tones) > 1:
        return 2 if len(bare) <= 7 else 0  # longer ones are several words run together
    if is_syllable(word) or len(bare) > 7 or word[:1].isupper():
        return 0  # names, and words of several syllables, follow their own rules
    if not tones:
        return 0.5 if len(VOWELS.findall(bare)) == 1 else 0
    is_slip = any(wrong in bare and _is_sound(bare.replace(wrong, right), tones)
                  for wrong, right in SLIPS)  # fmt: skip
    return 0.5 if is_slip else 1


# Initial groups that Jrai, Bahnar, Êđê, Mnông and Xơ Đăng words have and Vietnamese has not.
GROUPS = tuple(
    "bl br bh dr đr gl gr hl hm hn hr hơ jr kb kd kl km kn kp kr ks kt kơ ml mn mr pl pr pơ rm sr tl tơ "
    "dh j w z".split()
)
OWN_LETTERS = frozenset("ƀčĕĭŏŭñčǎ")
# Without any mark a word must at least end as theirs do: «Kbin», «Blo», not «Grand», «Prime».
UNMARKED = re.compile("[aeiouy]{1,2}(?:ng|nh|ch|h|k|l|m|n|p|r|t|c)?")


@lru_cache(maxsize=32768)
def is_of_the_highlands(word: str) -> bool:
    """Spelled as words of the Central Highlands' peoples are: their letters, groups, apostrophes."""
    low = unicodedata.normalize("NFC", word).lower()
    if "'" in low or "’" in low or "\u0306" in low or set(low) & OWN_LETTERS:
        return True
    _, tones, is_marked = parts(low)
    group = next((group for group in GROUPS if low.startswith(group)), "")
    if tones or not group:
        return False
    return is_marked or bool(UNMARKED.fullmatch(low[len(group) :]))
