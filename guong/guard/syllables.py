"""Which written syllables Vietnamese has: onset, rhyme and tone; no dictionary."""

import unicodedata
from functools import lru_cache

from guong.core.vietnamese import fold

ONSETS = (
    "",
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gh",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "ngh",
    "nh",
    "p",
    "ph",
    "q",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
)
RHYMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec "
    "em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip "
    "it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo "
    "oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây "
    "uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt "
    "uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu".split()
)
STOPPED = ("c", "ch", "p", "t")
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
SHARP_OR_HEAVY = {"\u0301", "\u0323"}


@lru_cache(maxsize=32768)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word can be one Vietnamese syllable with its tone."""
    bare, tones = "", []
    for sign in unicodedata.normalize("NFD", word):
        if sign in TONES:
            tones.append(sign)
        else:
            bare += sign
    bare = unicodedata.normalize("NFC", bare)
    if len(tones) > 1:
        return False
    for onset in ONSETS:
        rhyme = bare.removeprefix(onset)
        if bare.startswith(onset) and _rhymes(rhyme, onset):
            # A stopped syllable bears only the sharp or the heavy tone.
            stopped = rhyme.endswith(STOPPED) and not rhyme.endswith(("ng", "nh"))
            return not (stopped and (not tones or tones[0] not in SHARP_OR_HEAVY))
    return False


def _rhymes(rhyme: str, onset: str) -> bool:
    if rhyme in RHYMES:
        return True
    return onset == "gi" and ("i" + rhyme) in RHYMES


def is_marked(word: str) -> bool:
    """The word bears a Vietnamese mark, so it claims to be Vietnamese."""
    return fold(word) != word.lower()
