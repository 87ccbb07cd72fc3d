from django import forms

from guong.core import calendar
from guong.core.forms import DayField, LineField, Plain, TextField

from .models import Adoption


class NewAdoption(Plain):
    """What the unit takes over, and who sees to it."""

    manner = forms.ChoiceField(
        label="Học theo thế nào", choices=Adoption.Manner, widget=forms.RadioSelect
    )
    practice = TextField(label="Học theo điều gì", max_length=2000)
    goal = LineField(label="Mục tiêu", required=False, max_length=200)
    in_charge = LineField(label="Người phụ trách", max_length=150)
    started_on = DayField(label="Bắt đầu ngày", initial=calendar.today)


class Progress(Plain):
    """How it goes."""

    state = forms.ChoiceField(label="Tình hình", widget=forms.RadioSelect)

    def __init__(self, *args, adoption, **kwargs):
        super().__init__(*args, **kwargs)
        moves = Adoption.MOVES.get(adoption.state, set())
        self.fields["state"].choices = [
            (state.value, state.label) for state in Adoption.State if state in moves
        ]
