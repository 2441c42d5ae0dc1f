"""A stretch of time as a number and a unit, kept as minutes."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

_UNITS = [(24 * 60, _("days")), (60, _("hours")), (1, _("minutes"))]
_A_YEAR = 366 * 24 * 60


class OffsetWidget(forms.MultiWidget):
    def __init__(self) -> None:
        number = forms.NumberInput(attrs={"min": 1, "aria-label": _("Number")})
        super().__init__([number, forms.Select(choices=_UNITS, attrs={"aria-label": _("Unit of time")})])

    def decompress(self, value: int | None) -> list[int | None]:
        """The largest unit that divides the minutes."""
        if not value:
            return [None, None]
        unit = next(unit for unit, _name in _UNITS if value % unit == 0)
        return [value // unit, unit]


class OffsetField(forms.MultiValueField):
    """Cleans to minutes: at least five, as the worker looks once a minute, and no more than a year."""

    widget = OffsetWidget
    default_validators = [
        MinValueValidator(5, message=_("Enter at least 5 minutes.")),
        MaxValueValidator(_A_YEAR, message=_("Enter no more than a year.")),
    ]

    def __init__(self, **options: Any) -> None:
        unit = forms.TypedChoiceField(choices=_UNITS, coerce=int)
        super().__init__([forms.IntegerField(min_value=1), unit], **options)

    def compress(self, data_list: list[int]) -> int | None:
        return data_list[0] * data_list[1] if data_list else None
