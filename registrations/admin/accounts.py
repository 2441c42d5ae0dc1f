"""The accounts of the desk: Django's own pages, with what they do in the history."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest
from django.utils import timezone

from registrations.admin.actors import organizer
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit

admin.site.unregister([User, Group])


@admin.register(Group)
class PlainGroupAdmin(GroupAdmin):
    """Plain boxes to choose from: Django's double ones have labels that screen readers may not read out."""

    filter_horizontal = ()


@admin.register(User)
class AccountAdmin(UserAdmin):
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The one place that Django passes when a password was set; the password itself is in no history."""
        if isinstance(form, self.change_password_form):
            record_edits(None, [edit("set password", form.user)], actor=organizer(request), now=timezone.now())
        return super().construct_change_message(request, form, formsets, add)
