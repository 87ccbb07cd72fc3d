"""What the guided nomination asks, one question a page, and what becomes of the answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from guong.core import calendar
from guong.core.forms import DayField, LineField, Plain, TextField
from guong.core.vietnamese import parse_number
from guong.exemplars.forms import advised
from guong.exemplars.models import Consent, Exemplar
from guong.units.models import Field, Unit

from .models import DraftFile, GuidedDraft
from .selectors import Status

MOST_WORDS = 800  # of the three answers together
LONGEST_ANSWER = 20_000  # signs of one box that are kept
LONGEST_CLAIM = 500
BULLET = re.compile(r"^[\s\-–—•·*+]+|^\d{1,2}[.)]\s+")
SENTENCE = re.compile(r"(?<=[.!?…;])\s+")
UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff\x00"), None) | {ord("\xa0"): " "}


class Pasted(TextField):
    """A text that may come out of Word or Zalo: hard blanks, unseen signs, rows of empty lines."""

    def to_python(self, value):
        lines = super().to_python(value).translate(UNSEEN).splitlines()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


class Number(forms.CharField):
    """A number as people write it: 1.234,5; «12 triệu». Asks when 1.234 may be either."""

    def to_python(self, value):
        guess = parse_number(super().to_python(value))
        if guess.message:
            raise forms.ValidationError(guess.message)
        if guess.is_ambiguous:
            raise forms.ValidationError(
                f"«{value}» là {str(value).replace('.', '')} hay {str(value).replace('.', ',')}? "
                "Viết lại như một trong hai số này."
            )
        if guess.value is not None and abs(guess.value) >= 10**14:
            raise forms.ValidationError("Số này quá lớn. Đổi đơn vị tính rồi viết lại.")
        return guess.value


class Who(Plain):
    """Of whom the dossier speaks."""

    full_name = LineField(
        label="Tên",
        max_length=150,
        help_text="Như trên giấy tờ. Tên một chữ cũng được.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="Đối tượng", choices=Exemplar.Kind, widget=forms.RadioSelect)
    commune = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Xã, phường", required=False, empty_label="Chọn nơi ở"
    )
    residence = LineField(label="Làng, thôn, tổ", required=False, max_length=120)

    def __init__(self, *args, draft: GuidedDraft | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = Unit.objects.standing().communes()


class About(Plain):
    """What is asked about a person; nothing of it has to be answered."""

    sex = forms.ChoiceField(
        label="Giới tính",
        required=False,
        choices=[("female", "Nữ"), ("male", "Nam"), ("", "Không muốn nêu")],
        widget=forms.RadioSelect,
        help_text="Theo lời người đó tự nhận; chỉ để đếm.",
    )
    birth_year = forms.IntegerField(
        label="Năm sinh",
        required=False,
        min_value=1880,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    occupation = LineField(label="Nghề nghiệp", required=False, max_length=120)
    labour_category = forms.ChoiceField(
        label="Nhóm lao động",
        required=False,
        choices=[("", "Không muốn nêu"), *Exemplar.Labour.choices],
    )
    field = forms.ModelChoiceField(
        queryset=Field.objects.none(),
        label="Lĩnh vực",
        required=False,
        empty_label="Chọn lĩnh vực",
    )
    other_fields = forms.ModelMultipleChoiceField(
        queryset=Field.objects.none(),
        label="Lĩnh vực khác",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    grade = forms.ChoiceField(
        label="Mức", required=False, choices=Exemplar.Grade, initial=Exemplar.Grade.GOOD_DEED
    )

    def __init__(self, *args, draft: GuidedDraft | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].queryset = Field.objects.order_by("order")
        self.fields["other_fields"].queryset = Field.objects.order_by("order")
        for name in ("birth_year", "field", "other_fields"):
            self.fields[name].error_messages["invalid"] = "Viết bốn chữ số, ví dụ 1975."
            self.fields[name].error_messages["invalid_choice"] = "Chọn một mục trong danh sách."
        if draft is not None and draft.answers.get("kind", "individual") != "individual":
            for name in ("sex", "birth_year", "occupation", "labour_category"):
                del self.fields[name]

    def clean_grade(self):
        return self.cleaned_data["grade"] or Exemplar.Grade.GOOD_DEED


class Deeds(Plain):
    """Three questions instead of an empty sheet."""

    did = Pasted(
        label="Đã làm gì?",
        help_text="Việc gì, ở đâu, từ bao giờ, làm thế nào. Dán từ Word, Zalo vào đây cũng được.",
        widget=advised(forms.Textarea(attrs={"rows": 6}), "did"),
    )
    results = Pasted(
        label="Kết quả ra sao, bằng con số?",
        required=False,
        help_text="Mỗi dòng một kết quả; mỗi dòng thành một thành tích được kiểm chứng.",
        widget=advised(forms.Textarea(attrs={"rows": 5}), "results", "after"),
    )
    before = Number(label="Số trước", required=False)
    after = Number(label="Số sau", required=False)
    measure = LineField(label="Đơn vị tính", required=False, max_length=40)
    worth = Pasted(
        label="Ai được nhờ, vì sao đáng học?",
        required=False,
        help_text="Để nơi khác đọc mà làm theo được.",
        widget=advised(forms.Textarea(attrs={"rows": 5}), "worth"),
    )

    TOLD = ("did", "results", "worth")

    def __init__(self, *args, draft: GuidedDraft | None = None, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        values = super().clean()
        words = count_words(values)
        if words > MOST_WORDS:
            self.add_error(
                None,
                f"Ba câu trả lời dài {words} từ, nhiều nhất {MOST_WORDS} từ. "
                f"Bớt {words - MOST_WORDS} từ.",
            )
        return values


class Agreed(Plain):
    """The person's yes, now or later."""

    NOW, LATER = "now", "later"

    consent = forms.ChoiceField(
        label="Đã có giấy đồng ý chưa?",
        choices=[
            (NOW, "Có rồi, ghi ngay bây giờ"),
            (LATER, "Chưa có, sẽ bổ sung sau"),
        ],
        widget=forms.RadioSelect,
    )
    purposes = forms.MultipleChoiceField(
        label="Đồng ý việc gì",
        required=False,
        choices=Consent.Purpose,
        widget=forms.CheckboxSelectMultiple,
    )
    signer = LineField(
        label="Ai đồng ý",
        required=False,
        max_length=150,
        help_text="Người được đề cử, hoặc cha mẹ, người giám hộ khi chưa đủ 18 tuổi.",
    )
    given_on = DayField(label="Ngày đồng ý", required=False)

    def __init__(self, *args, draft: GuidedDraft | None = None, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        values = super().clean()
        if values.get("consent") != self.NOW:
            return values
        if not values.get("purposes"):
            self.add_error("purposes", "Chọn người đó đồng ý việc gì, hoặc chọn «Chưa có».")
        if not values.get("signer"):
            self.add_error("signer", "Chưa có: ai đồng ý.")
        if (values.get("given_on") or calendar.today()) > calendar.today():
            self.add_error("given_on", "Ngày đồng ý chưa tới.")
        return values


@dataclass(frozen=True)
class Step:
    """One page: its address, its name in the row of steps, its question, what it asks."""

    key: str
    name: str
    question: str
    forms: tuple[type[Plain], ...] = ()

    def asked(self, draft: GuidedDraft | None, data=None, initial=None) -> list[Plain]:
        return [
            form(data, initial=initial, draft=draft, use_required_attribute=False)
            for form in self.forms
        ]

    def typed(self, draft: GuidedDraft | None, data) -> dict:
        """What stands in the boxes, right or wrong."""
        return {
            name: _kept(field, data, name)
            for form in self.asked(draft)
            for name, field in form.fields.items()
        }

    def status(self, draft: GuidedDraft) -> Status:
        if self.key == "papers":
            count = draft.files.filter(kind=DraftFile.Kind.EVIDENCE).count()
            return Status.DONE if count else Status.UNTOUCHED
        boxes = [name for form in self.asked(draft) for name in form.fields]
        if not any(name in draft.answers for name in boxes):
            return Status.UNTOUCHED
        is_sound = all(form.is_valid() for form in self.asked(draft, draft.answers))
        return Status.DONE if is_sound else Status.FIX


def _kept(field, data, name):
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        return [value[:40] for value in data.getlist(name)][:60]
    return data.get(name, "").replace("\x00", "")[:LONGEST_ANSWER]


WHO = Step("who", "Ai", "Ai được đề cử?", (Who,))
ABOUT = Step("about", "Về người ấy", "Về người, việc được đề cử", (About,))
DEEDS = Step("deeds", "Việc đã làm", "Việc đã làm", (Deeds,))
PAPERS = Step("papers", "Ảnh, giấy tờ", "Ảnh và giấy tờ")
CONSENT = Step("consent", "Sự đồng ý", "Người ấy đã đồng ý chưa?", (Agreed,))
CHECK = Step("check", "Xem lại", "Xem lại trước khi gửi")
IN_ORDER = [WHO, ABOUT, DEEDS, PAPERS, CONSENT, CHECK]
WHOLE = Step("whole", "Một trang", "Viết trên một trang", (Who, About, Deeds))
STEPS = {step.key: step for step in [*IN_ORDER, WHOLE]}


def after(step: Step) -> Step:
    return PAPERS if step is WHOLE else IN_ORDER[IN_ORDER.index(step) + 1]


NEEDED = {WHO: "full_name", DEEDS: "did"}


def unwritten(draft: GuidedDraft) -> list[Step]:
    """The steps whose question waits: nobody has been there, or its first box is empty."""
    return [step for step in IN_ORDER if step.forms and not _is_begun(step, draft.answers)]


def _is_begun(step: Step, answers: dict) -> bool:
    if step in NEEDED:
        return bool(answers.get(NEEDED[step], "").strip())
    return any(name in answers for form in step.forms for name in form.base_fields)


# --- What becomes of the answers ------------------------------------------------
@dataclass(frozen=True)
class Said:
    """The answers of a draft as its nomination takes them."""

    person: dict
    told: dict
    claims: list[dict]
    consent: dict | None


def said(draft: GuidedDraft) -> Said | None:
    """The answers checked together; None while a step has a mistake."""
    asked = [
        form for step in (WHO, ABOUT, DEEDS, CONSENT) for form in step.asked(draft, draft.answers)
    ]
    # Consent may come later, also for who has never opened that page.
    if "consent" not in draft.answers:
        asked.pop()
    if not all(form.is_valid() for form in asked):
        return None
    values: dict = {}
    for form in asked:
        values |= form.cleaned_data
    return Said(
        person={name: values[name] for form in asked[:2] for name in form.fields},
        told={name: values[name] for name in Deeds.TOLD},
        claims=list(claims_of(values)),
        consent=_consent(values),
    )


def _consent(values: dict) -> dict | None:
    if values.get("consent") != Agreed.NOW:
        return None
    return {
        "purposes": values["purposes"],
        "signer": values["signer"],
        "given_on": values["given_on"] or calendar.today(),
    }


def claims_of(values: dict) -> Iterator[dict]:
    """One claim a line of results, or the first sentence of what was done; the figures go first."""
    lines = [BULLET.sub("", line).strip() for line in values["results"].splitlines()]
    stated = [part for line in lines if line for part in _pieces(line)]
    stated = stated or list(_pieces(values["did"].replace("\n", " ")))[:1]
    figures = {name: values[name] for name in ("before", "after", "measure")}
    for place, statement in enumerate(dict.fromkeys(stated)):
        yield {"statement": statement, **(figures if place == 0 else {})}


def _pieces(line: str) -> Iterator[str]:
    """The line whole, or by its sentences where it is too long for one claim."""
    piece = ""
    for sentence in [line] if len(line) <= LONGEST_CLAIM else SENTENCE.split(line):
        if piece and len(piece) + len(sentence) >= LONGEST_CLAIM:
            yield piece
            piece = ""
        while len(sentence) > LONGEST_CLAIM:
            cut = sentence.rfind(" ", 0, LONGEST_CLAIM)
            cut = cut if cut > 0 else LONGEST_CLAIM
            yield sentence[:cut]
            sentence = sentence[cut:].strip()
        piece = f"{piece} {sentence}".strip()
    if piece:
        yield piece


def count_words(values: dict) -> int:
    """Words of the three answers together, as a reader counts them: between blanks."""
    return sum(len(str(values.get(name) or "").split()) for name in Deeds.TOLD)
