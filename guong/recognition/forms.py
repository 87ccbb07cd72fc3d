from django import forms

from guong.core import calendar
from guong.core.forms import DayField, LineField, Plain, TextField
from guong.units.models import Unit


class NewDecision(Plain):
    """What the decision says."""

    issuer = forms.ModelChoiceField(queryset=Unit.objects.none(), label="Cơ quan ban hành")
    title = LineField(label="Công nhận là", max_length=200, initial="Điển hình tiên tiến")
    citation = TextField(label="Vì thành tích", required=False, max_length=800)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = Unit.objects.standing()


class Sign(Plain):
    signed_on = DayField(label="Ngày ký", initial=calendar.today)


class Reason(Plain):
    reason = TextField(label="Lý do thu hồi", max_length=2000)
