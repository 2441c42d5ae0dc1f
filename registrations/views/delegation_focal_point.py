"""The role of focal point goes to somebody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from registrations.details import FOCAL_POINT
from registrations.errors import DomainError
from registrations.forms.focal_point import FocalPointForm
from registrations.links import delegation_token
from registrations.models import Delegation
from registrations.operations.hand_over import hand_over
from registrations.rules.names import mailbox_key
from registrations.views.personal_link import by_delegation_link


@require_http_methods(["GET", "HEAD", "POST"])
@by_delegation_link
def focal_point(request: HttpRequest, group: Delegation) -> HttpResponse:
    """Who is the focal point; a POST with another address asks once, then hands the role over; this page's link is dead from then on."""
    initial = {"name": group.focal_point_name, "email": group.focal_point_email, "language": group.focal_point_language}
    form = FocalPointForm(request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _show(request, group, form)
    mailbox = mailbox_key(form.details().email)
    if mailbox not in (group.focal_point_mailbox, request.POST.get("sure")):
        return _show(request, group, form, is_question=True)
    try:
        delegation = hand_over(group, focal_point=form.details(), actor=FOCAL_POINT, now=timezone.now())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _show(request, group, form)
    if delegation.link_version == group.link_version:
        return redirect(reverse("registrations:delegation", args=[delegation_token(group)]) + "?saved")
    return _farewell(request, delegation)


def _show(request: HttpRequest, group: Delegation, form: FocalPointForm, *, is_question: bool = False) -> HttpResponse:
    back = reverse("registrations:delegation", args=[delegation_token(group)])
    context = {
        "meeting": group.type.meeting,
        "delegation": group,
        "form": form,
        "back": back,
        "sure": mailbox_key(form.details().email) if is_question else "",
    }
    return render(request, "registrations/delegation_focal_point.html", context)


def _farewell(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    sentence = gettext("%(name)s receives the link to the delegation’s page by e-mail. Your own link no longer works.")
    context = {
        "meeting": delegation.type.meeting,
        "heading": gettext("The focal point has been changed"),
        "sentence": sentence % {"name": delegation.focal_point_name},
    }
    return render(request, "registrations/sentence.html", context)
