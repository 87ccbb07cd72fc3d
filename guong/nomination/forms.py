from django import forms

from guong.core.forms import LineField, Plain, TextField
from guong.direction.models import CriteriaSet, Criterion
from guong.exemplars.forms import advised
from guong.exemplars.models import Evidence, Exemplar
from guong.units.models import Field, Unit


class NewNomination(Plain):
    """One person, household, collective or model, on one page."""

    full_name = LineField(
        label="Tên", max_length=150, help_text="Như trên giấy tờ. Tên một chữ cũng được."
    )
    kind = forms.ChoiceField(label="Đối tượng", choices=Exemplar.Kind)
    birth_year = forms.IntegerField(
        label="Năm sinh", required=False, min_value=1880, max_value=2100
    )
    commune = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Xã, phường", required=False, empty_label="Chọn nơi ở"
    )
    residence = LineField(label="Làng, thôn, tổ", required=False, max_length=120)
    occupation = LineField(label="Nghề nghiệp", required=False, max_length=120)
    field = forms.ModelChoiceField(
        queryset=Field.objects.none(),
        label="Lĩnh vực",
        required=False,
        empty_label="Chọn lĩnh vực",
    )
    statement = TextField(
        label="Việc gì, kết quả ra sao",
        max_length=500,
        help_text="Một, hai câu. Có con số nếu đo được.",
        widget=advised(forms.Textarea(attrs={"rows": 4}), "statement", "after"),
    )
    before = forms.DecimalField(label="Số trước", required=False, max_digits=16, decimal_places=2)
    after = forms.DecimalField(label="Số sau", required=False, max_digits=16, decimal_places=2)
    measure = LineField(label="Đơn vị tính", required=False, max_length=40)
    summary = TextField(
        label="Vì sao người khác nên học",
        required=False,
        max_length=4000,
        help_text="Cách làm, để nơi khác làm theo được.",
        widget=advised(forms.Textarea(attrs={"rows": 4}), "summary"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commune"].queryset = Unit.objects.standing().communes()
        self.fields["field"].queryset = Field.objects.order_by("order")


class Reason(Plain):
    reason = TextField(
        label="Thiếu gì, sửa thế nào", max_length=2000, help_text="Đơn vị đọc đúng lời này."
    )


class WithdrawReason(Plain):
    reason = TextField(label="Vì sao rút", max_length=2000)


class DeclineReason(Plain):
    reason = TextField(
        label="Vì sao không đồng ý", max_length=2000, help_text="Đơn vị lập hồ sơ đọc đúng lời này."
    )


class Partner(Plain):
    """Which unit is asked to sign too."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label="Đơn vị", empty_label="Chọn đơn vị"
    )

    def __init__(self, *args, nomination, **kwargs):
        super().__init__(*args, **kwargs)
        taken = [nomination.unit_id, *nomination.sign_offs.values_list("unit", flat=True)]
        self.fields["unit"].queryset = Unit.objects.standing().exclude(pk__in=taken)


class ChosenSet(Plain):
    """By which of the sets that fit."""

    criteria_set = forms.ModelChoiceField(
        queryset=CriteriaSet.objects.none(), label="Xét theo bộ tiêu chí", empty_label=None
    )

    def __init__(self, *args, fitting, **kwargs):
        super().__init__(*args, auto_id="%s", **kwargs)
        self.fields["criteria_set"].queryset = fitting


class CriterionReply(Plain):
    """How one criterion is met, and which evidence lies in each of its places."""

    words = TextField(
        label="Đáp ứng thế nào",
        required=False,
        max_length=2000,
        widget=advised(forms.Textarea(attrs={"rows": 2}), "words"),
    )
    points = forms.IntegerField(label="Tự chấm", required=False, min_value=0)

    def __init__(self, *args, criterion: Criterion, evidence: list[Evidence], **kwargs):
        super().__init__(*args, auto_id=f"tc{criterion.pk}-%s", **kwargs)
        self.slots = {f"slot{slot.pk}": slot for slot in criterion.slots_in_order}
        if criterion.kind != Criterion.Kind.SCORED:
            del self.fields["points"]
        else:
            self.fields["points"].help_text = f"Tối đa {criterion.points} điểm."
        self.evidence = {str(piece.pk): piece for piece in evidence}
        for name, slot in self.slots.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=f"Minh chứng: {slot}",
                required=False,
                choices=[(pk, piece.title) for pk, piece in self.evidence.items()],
                widget=forms.CheckboxSelectMultiple,
                help_text="" if evidence else "Chưa có minh chứng nào trong hồ sơ gương.",
            )

    def reply(self) -> dict:
        """What the action wants."""
        values = self.cleaned_data
        fillings = {
            slot: [self.evidence[pk] for pk in values[name]] for name, slot in self.slots.items()
        }
        return {
            "words": values["words"],
            "points": values.get("points"),
            "fillings": {slot: pieces for slot, pieces in fillings.items() if pieces},
        }


class PassReason(Plain):
    """Why the dossier may pass a rule it does not meet."""

    reason = TextField(
        label="Vì sao cho qua", max_length=2000, help_text="Lý do nằm trong danh sách cho qua."
    )
