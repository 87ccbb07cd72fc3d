from django import forms

from guong.core.forms import DayField, LineField, Plain
from guong.exemplars.models import Exemplar
from guong.units.models import Unit


class NewRoll(Plain):
    title = LineField(label="Tên đợt tôn vinh", max_length=200)
    given_on = DayField(label="Ngày tôn vinh")
    organiser = forms.ModelChoiceField(queryset=Unit.objects.none(), label="Nơi tổ chức")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = Unit.objects.standing()


class NewEntry(Plain):
    exemplar = forms.ModelChoiceField(
        queryset=Exemplar.objects.none(), label="Điển hình", empty_label="Chọn điển hình"
    )
    citation = LineField(label="Vì", max_length=300)

    def __init__(self, *args, exemplars, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exemplar"].queryset = exemplars
