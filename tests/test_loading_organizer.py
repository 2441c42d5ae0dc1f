from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def create_organizer():
    out = StringIO()
    call_command("create_organizer", stdout=out)
    return out.getvalue()


def test_the_first_organizer_gets_a_password_that_opens_the_desk(rf):
    name, password = create_organizer().split()

    user = authenticate(rf.post("/admin/login/"), username=name, password=password)

    assert (name, user.is_superuser, user.is_staff) == ("organizer", True, True)


def test_where_the_desk_has_an_account_nothing_is_made_or_printed():
    User.objects.create_user("maria", is_staff=True)

    assert create_organizer() == ""
    assert User.objects.count() == 1
