"""The slots of those who act: «X tỉnh …», «X đã ban hành …» need a body, «đã …» needs a verb."""

from . import names
from .gazetteer import Gazetteer, key
from .names import following, has_body, is_capital, is_foreign, is_person, known_length, phrase
from .provinces import GOES_WITH_TINH
from .reading import BREAKS_PHRASE, Found, Reading, Word

ACTS = frozenset(
    "ban_hành yêu_cầu chỉ_đạo giao đề_nghị quyết_định phê_duyệt tổ_chức triển_khai phát_động công_bố "
    "thông_báo kết_luận thống_nhất phân_công chủ_trì phối_hợp tuyên_dương biểu_dương khen_thưởng tặng "
    "trao đã vừa sẽ cũng có vừa_ban_hành".split()
)
PAPERS = frozenset(
    "công_văn kế_hoạch quyết_định chỉ_thị nghị_quyết hướng_dẫn văn_bản chương_trình đề_án quy_chế "
    "thông_báo thông_tư nghị_định quy_định".split()
)
# Small words that end the phrase a body's name stands in.
LIMITS = frozenset(
    "của do và cùng với theo tại từ đến cho về trong trên toàn bởi là để mà thì khi nhưng hoặc được bị "
    "ở ngoài các những mọi cấp địa_bàn gồm như nếu vì tới qua sau trước giữa trình gửi giao mời giúp "
    "nhờ thưa".split()
)
VERBS = frozenset({
    "đề nghị", "yêu cầu", "báo cáo", "phối hợp", "chỉ đạo", "lãnh đạo", "kiến nghị", "thống nhất",
    "văn phòng", "Văn phòng", "trụ sở", "Trụ sở", "làm việc", "tổng hợp",
})  # fmt: skip
TITLE_ENDS = frozenset(("tịch", "trưởng"))
AUXILIARIES = frozenset("đã đang sẽ phải hãy ngừng".split())
AFTER_LEVEL = frozenset("xã phường huyện tỉnh sở ban ngành cấp địa đơn thôn làng phòng".split())
NOT_A_BODY = "Chỗ này phải là tên một cơ quan (như «UBND» trong «UBND tỉnh»), mà «{}» không phải."
NOT_A_VERB = "Sau «{}» phải là một việc làm, mà «{}» là tên riêng: có chữ bị thay."


def before_level(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    """«X tỉnh …», «X xã …», «X các xã …»: X must be a body."""
    words = reading.words
    if not index or not reading.joined(index - 1) or not _is_level(reading, index):
        return None
    place = following(reading, index)
    is_acting = _acts(reading, index + len(place))
    if words[index].low == "tỉnh":
        if place and not known_length(place, gazetteer.place_keys):
            return None  # the province slot has spoken already
        return _intruder(reading, index, gazetteer, is_acting=is_acting, fewest=2 if place else 1)
    return _intruder(reading, index, gazetteer, is_acting=False, fewest=2)


def _is_level(reading: Reading, index: int) -> bool:
    after = reading.words[index + 1].low if index + 1 < len(reading.words) else ""
    if reading.words[index].low in ("các", "cấp"):
        return after in AFTER_LEVEL
    return after not in GOES_WITH_TINH and after != "hội"


def _acts(reading: Reading, index: int) -> bool:
    """What follows is a deed of a body: «… đã ban hành», «… yêu cầu»."""
    after = [word.low for word in reading.words[index + 1 : index + 4]]
    return bool(after) and (after[0] in ACTS or "_".join(after[:2]) in ACTS)


def issuer(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    """«X đã ban hành Công văn …»: X must be a body, a place or an official."""
    after = "_".join(word.low for word in reading.words[index + 2 : index + 4])
    if after not in PAPERS:
        return None
    while index and reading.words[index - 1].low in ("đã", "vừa", "mới", "sẽ", "tỉnh"):
        if not reading.joined(index - 1):
            return None
        index -= 1
    return _intruder(reading, index, gazetteer, is_acting=True)


def _before(reading: Reading, index: int) -> list[Word]:
    """The phrase that ends right before a word: back to a stop, a comma, a small word or a verb."""
    words, first = reading.words, index
    while first and index - first < 10:
        gap, word = reading.gap(first - 1), words[first - 1]
        is_apart = gap[:1] == " " and any(map(str.isdigit, gap))  # figures, not «Abc88 …»
        if is_apart or not BREAKS_PHRASE.isdisjoint(gap):
            break
        two_words = f"{words[first - 2].low} {word.text}" if first > 1 else ""
        if word.text in LIMITS or two_words in VERBS or word.low in TITLE_ENDS:
            break
        if "- " in gap and all(map(is_capital, words[first:index])) and index - first >= 2:
            break  # «HĐND - X tỉnh»
        first -= 1
    return words[first:index]


def _intruder(
    reading: Reading, index: int, gazetteer, *, is_acting: bool, fewest=1
) -> Found | None:
    """The capitalised end of the phrase before a word, when nothing of it belongs to a body's name."""
    words = _before(reading, index)
    tail = len(words)
    while tail and not is_capital(words[tail - 1]):
        tail -= 1
    head = tail
    while head and is_capital(words[head - 1]):
        head -= 1
    run, small = words[head:tail], words[tail:]
    if not _is_name(reading, index - len(words) + head, run, fewest):
        return None
    is_official = all(key(word.text) in gazetteer.agency_words for word in small)
    if len(small) > (3 if is_official else is_acting):
        return None
    if _belongs(words, run, small, gazetteer):
        return None
    if _goes_on(reading, index - len(words) + head, run, small, gazetteer):
        return None
    return Found("agency", run[0].start, (small or run)[-1].end,
                 NOT_A_BODY.format(phrase([*run, *small])))  # fmt: skip


def _is_name(reading: Reading, index: int, run: list[Word], fewest: int) -> bool:
    """Enough capitals to be a name: every sentence begins with one; a foreign word counts as two."""
    weight = sum(2 if is_foreign(word.text) else 1 for word in run)
    if run and reading.opens_sentence(index) and not is_foreign(run[0].text):
        weight -= 1
    return weight >= fewest


def _belongs(words: list[Word], run: list[Word], small: list[Word], gazetteer: Gazetteer) -> bool:
    """A body, a place, a person, a title, or words that bodies' names are made of."""
    if has_body(words, gazetteer) or names.ends_with_title([*run, *small]):
        return True
    return not names.is_stranger([*run, *small], gazetteer)


def _goes_on(reading: Reading, index: int, run: list[Word], small: list[Word], gazetteer) -> bool:
    """The last part of a longer name: «Hội Khoa học và Kỹ thuật»."""
    before = reading.words[max(0, index - 8) : index]
    is_last_part = len(run) == 1 and small and before and before[-1].low == "và"
    return bool(is_last_part) and has_body(before, gazetteer)


def after_auxiliary(reading: Reading, index: int, gazetteer: Gazetteer) -> Found | None:
    """An auxiliary governs a deed; a proper name of two words there has taken a verb's place."""
    run = following(reading, index)
    if len(run) < 2 or has_body(run[:3], gazetteer) or is_person(run):
        return None
    if reading.opens_sentence(index + 1) or run[0].text.isupper():
        return None
    if known_length(run, gazetteer.place_keys) or not _is_small_next(reading, run, index):
        return None
    return Found("verb", run[0].start, run[-1].end,
                 NOT_A_VERB.format(reading.words[index].text, phrase(run)))  # fmt: skip


def _is_small_next(reading: Reading, run: list[Word], index: int) -> bool:
    after = index + len(run) + 1
    return after < len(reading.words) and reading.joined(after - 1)
