"""Every page of the desk for the meetings of whoever asks, and for what they may do there. The only place that sees to it.

It wraps each ModelAdmin when it is registered and each of its views when it gets its address, so that nothing passes by it. The
key in an address is looked up first: `meeting` is that of a meeting, `pk` or `object_id` that of a record of the ModelAdmin's model.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from registrations.queries.desk_rights import APP, has_everywhere, meeting_of, meeting_path, meetings_with, narrow, of_meetings, rights_by_meeting

View = Callable[..., HttpResponseBase]


class MembershipBackend(BaseBackend):
    """What a membership allows, in any of the meetings that the request is about."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app, _dot, right = perm.partition(".")
        return app == APP and user_obj.is_active and obj is None and meetings_with(user_obj, right) not in (None, frozenset())

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return app_label == APP and user_obj.is_active and bool(rights_by_meeting(user_obj))


class OfMeetings(admin.ModelAdmin):
    """Put in front of every ModelAdmin whose records belong to a meeting.

    A ModelAdmin may name a `names_right` that is enough to see its records, though not all about them.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return of_meetings(super().get_queryset(request), meetings_with(request.user, *self.rights_to_see(request)))

    def rights_to_see(self, request: HttpRequest) -> list[str]:
        """Where somebody sees everything in one meeting and names in another, they see one of the two at a time."""
        in_full, names = [f"{verb}_{self.opts.model_name}" for verb in ("view", "change")], getattr(self, "names_right", "")
        return in_full if not names or _holds(request, in_full) else [names]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _holds(request, self.rights_to_see(request))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: (_where_allowed(function), name, words) for name, (function, _name, words) in super().get_actions(request).items()}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nothing can be put into a meeting in which one may not."""
        return self._within_meetings(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field, request)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return self._within_meetings(super().formfield_for_manytomany(db_field, request, **kwargs), db_field, request)

    def _within_meetings(self, field: Any, db_field: Any, request: HttpRequest) -> Any:
        if field and field.queryset is not None and meeting_path(db_field.remote_field.model):
            rights = [f"{verb}_{self.opts.model_name}" for verb in ("add", "change")]
            field.queryset = of_meetings(field.queryset, meetings_with(request.user, *rights))
        return field


def in_meetings(admin_class: Any, *, model: Any) -> Any:
    """The ModelAdmin within the meetings of whoever asks; as it is where its records belong to no meeting."""
    if meeting_path(model) is None:
        return admin_class
    return type(admin_class)(admin_class.__name__, (OfMeetings, admin_class), {"__module__": admin_class.__module__})


def entered(view: View) -> View:
    """The view of a ModelAdmin, after the request was narrowed to the meeting that its address speaks of; 404 for a stranger to it."""
    owner = _owner(view)
    if not isinstance(owner, OfMeetings):
        return view

    @wraps(view)
    def narrowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_superuser and (memberships := rights_by_meeting(request.user)):
            meeting = _meeting_asked_for(owner, request, kwargs)
            if meeting is not None:
                narrow(request.user, {meeting})
                if meeting not in memberships and not has_everywhere(request.user, *owner.rights_to_see(request)):
                    raise Http404
        return view(request, *args, **kwargs)

    return narrowed


def _meeting_asked_for(owner: OfMeetings, request: HttpRequest, address: dict[str, Any]) -> int | None:
    if "meeting" in address:
        return int(address["meeting"])
    key = address.get("pk", address.get("object_id"))
    if key is None:
        chosen = request.GET.get("meeting", "")
        return int(chosen) if chosen.isdecimal() and int(chosen) in rights_by_meeting(request.user) else None
    try:
        return meeting_of(owner.model, unquote(str(key)))
    except (ValueError, ValidationError):
        return None


def _owner(view: Any) -> Any:
    """The ModelAdmin whose method this is, also below decorators."""
    while view is not None and not hasattr(view, "__self__"):
        view = getattr(view, "__wrapped__", None)
    return getattr(view, "__self__", None)


def _holds(request: HttpRequest, rights: list[str]) -> bool:
    return any(request.user.has_perm(f"{APP}.{right}") for right in rights)


def _where_allowed(action: Any) -> Any:
    """The action for the rows of those meetings alone in which the organizer may do it."""

    @wraps(action)
    def narrowed(model_admin: OfMeetings, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if request.user.is_superuser or not rights_by_meeting(request.user) or _is_allowed(model_admin, request, action, ()):
            return action(model_admin, request, queryset)
        allowed = frozenset(_meetings_where(model_admin, request, action))
        narrow(request.user, allowed)
        rows = of_meetings(queryset, allowed)
        if queryset.exclude(pk__in=rows.order_by().values("pk")).exists():
            messages.warning(request, _("What belongs to meetings in which you may not do this was left as it is."))
        return action(model_admin, request, rows)

    return narrowed


def _meetings_where(model_admin: OfMeetings, request: HttpRequest, action: Any) -> Iterator[int]:
    about = meetings_with(request.user, *model_admin.rights_to_see(request))
    memberships = rights_by_meeting(request.user)
    for meeting in memberships if about is None else about & memberships.keys():
        if _is_allowed(model_admin, request, action, (meeting,)):
            yield meeting


def _is_allowed(model_admin: OfMeetings, request: HttpRequest, action: Any, meetings: tuple[int, ...]) -> bool:
    before = getattr(request.user, "desk_meetings", None)
    narrow(request.user, meetings)
    permissions = getattr(action, "allowed_permissions", None)
    answer = permissions is None or any(getattr(model_admin, f"has_{permission}_permission")(request) for permission in permissions)
    narrow(request.user, before)
    return answer
