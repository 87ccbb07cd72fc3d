"""The shape all our form pages share: show, check, one action, go on; nothing typed is lost."""

from collections.abc import Callable, Sequence

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from guong.core.vietnamese import clean_line, clean_lines, nfc, parse_date

DATE_ERROR = "Viết ngày như 05/03/2026."


class WordsField(forms.CharField):
    """A field that also cleans the column of a list."""

    def clean_column(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        """Of each cell the value, and what is wrong with it in the words `clean` has for it."""
        return [self._cleaned(cell) for cell in cells]

    def _cleaned(self, cell: str) -> tuple[str, str]:
        try:
            return self.clean(cell), ""
        except ValidationError as refusal:
            # It points to itself: with its traceback it would keep the whole list in memory.
            refusal.__traceback__ = None
            return "", " ".join(refusal.messages)


class LineField(WordsField):
    """One line: NFC, no unseen signs, blanks single."""

    def to_python(self, value):
        return clean_line(super().to_python(value))

    def run_validators(self, value):
        # A cleaned line holds no NUL: where it can only be too long, nothing else need be asked.
        if len(value) > self._short():
            super().run_validators(value)

    def _short(self) -> int:
        """The length up to which nothing can be wrong."""
        if self.max_length is None or len(self.validators) > 2:
            return -1
        return self.max_length

    def clean_column(self, cells: Sequence[str]) -> list[tuple[str, str]]:
        short = self._short()
        return [
            (value, "") if value and len(value) <= short else self._cleaned(cell)
            for cell, value in zip(cells, clean_lines(cells), strict=True)
        ]


class TextField(WordsField):
    """Several lines, composed spelling."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value):
        return nfc(super().to_python(value))


class DayField(forms.DateField):
    """A day typed in any of the ways people type days."""

    widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"})

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Ví dụ: 05/03/2026")
        super().__init__(input_formats=["%d/%m/%Y", "%Y-%m-%d"], **kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        guess = parse_date(value)
        if guess.value is None:
            raise ValidationError(guess.message or DATE_ERROR)
        return guess.value


def spread(form: forms.Form, refusal: ValidationError) -> None:
    """Put an action's refusal beside the fields it names."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def form_page(
    request,
    form: forms.Form,
    act: Callable[[dict], object],
    *,
    done: str,
    heading: str,
    submit: str,
    to: Callable[[object], str] | str,
    template: str = "form_page.html",
    **context,
) -> HttpResponse:
    """Show the form; when it is sound call `act(cleaned)`, say `done` and go to `to`.

    `to` is an address, or made from what the action returned. Refusals stand beside their fields.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act(dict(form.cleaned_data))
        except ValidationError as refusal:
            spread(form, refusal)
        else:
            messages.success(request, done)
            return redirect(to(made) if callable(to) else to)
    context |= {"form": form, "heading": heading, "submit": submit}
    return render(request, template, context)


def pressed(request, act: Callable[[], object], done: str) -> None:
    """A button without a form: call `act`, and say `done` or why it was refused."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)


class Plain(forms.Form):
    """Base of our forms: no colon after labels, errors in our words."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"Chưa có: {str(field.label).lower()}."
            if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
                field.error_messages["invalid_choice"] = "Chọn một mục trong danh sách."
