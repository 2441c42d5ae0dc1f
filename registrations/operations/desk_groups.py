"""The groups that come with the product: a role in every meeting, also in those to come.

A step after the migrations and not a migration: permissions are rows that Django itself makes after the last migration, so that a
migration would find none on a new database; and a table of rights that changes with a version has to reach the groups without one.
"""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from registrations.enums import DeskRole
from registrations.rules.desk_roles import rights_everywhere


def group_name(role: DeskRole) -> str:
    """The same in every language: it is data."""
    return f"Desk: {role.value}"


def update_groups(sender: AppConfig, *, using: str = "default", **kwargs: Any) -> None:
    """Give each group exactly the rights of its role; other groups are left alone."""
    create_permissions(sender, verbosity=0, using=using)
    permissions = {each.codename: each for each in Permission.objects.using(using).filter(content_type__app_label=sender.label)}
    for role in DeskRole:
        group, _is_new = Group.objects.using(using).get_or_create(name=group_name(role))
        group.permissions.set(permissions[right] for right in sorted(rights_everywhere(role)))
