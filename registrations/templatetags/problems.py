"""What is wrong with the forms of a page, for the summary on top."""

from dataclasses import dataclass

from django import template
from django.forms import BaseForm
from django.utils.translation import gettext

from registrations.forms.sign_up import BaseParticipants

register = template.Library()


@dataclass(frozen=True)
class Problem:
    """One sentence, and the id of the field that it leads to."""

    text: str
    anchor: str


@register.simple_tag
def problems(form: BaseForm, participants: BaseParticipants) -> list[Problem]:
    """Every problem in the order of the page; none for a form that was not sent yet."""
    if not form.is_bound:
        return []
    above, below = _of(form, but="consent"), _of(form, only="consent")
    found = [Problem(str(error), "id_participants-0-family_names") for error in participants.non_form_errors()]
    for number, participant in enumerate(participants.forms, 1):
        prefix = gettext("Participant %(number)d:") % {"number": number}
        found += [Problem(f"{prefix} {problem.text}", problem.anchor) for problem in _of(participant)]
    return above + found + below


@register.simple_tag
def problems_of(form: BaseForm) -> list[Problem]:
    """The problems of one form alone."""
    return _of(form) if form.is_bound else []


def _of(form: BaseForm, *, but: str = "", only: str = "") -> list[Problem]:
    names = [name for name in form.errors if name != but and (not only or name == only)]
    return [Problem(str(error), form[name].auto_id if name in form.fields else "content") for name in names for error in form.errors[name]]
