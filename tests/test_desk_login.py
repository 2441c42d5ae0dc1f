import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.utils.translation import gettext, override

from tests.desk_rows import a_desk, an_organizer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "es"])
def test_too_many_wrong_passwords_lead_to_a_calm_page(language):
    an_organizer()
    client = Client(headers={"accept-language": language})

    for _attempt in range(8):
        answer = client.post("/admin/login/", {"username": "ana", "password": "wrong"})

    assert answer.status_code == 429
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    with override(language):
        assert gettext("Please wait an hour") in page


def test_the_desk_opens_with_the_right_password():
    an_organizer("view_participant")

    answer = Client().post("/admin/login/?next=/admin/", {"username": "ana", "password": "a long password"})

    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_the_desk_is_closed_to_those_who_are_not_of_the_secretariat():
    User.objects.create_user("delegate", password="a long password")

    answer = Client().get("/admin/registrations/participant/")

    assert (answer.status_code, answer.url) == (302, "/admin/login/?next=/admin/registrations/participant/")


def test_the_desk_shows_people_first_and_no_machinery():
    apps = a_desk().get("/admin/").context["app_list"]

    assert [app["app_label"] for app in apps] == ["registrations", "auth"]
    assert [model["object_name"] for model in apps[0]["models"]] == [
        "Participant", "Delegation", "OutboxMessage", "Letter", "IncomingMessage",
        "Meeting", "Session", "ProgrammeItem", "Speaker", "DelegationType", "Question", "ExpectedDelegation", "Entity", "HistoryEntry",
    ]  # fmt: skip
    assert not [model for model in admin.site._registry if model._meta.app_label == "axes"]


def test_the_language_can_be_switched_before_logging_in():
    page = Client(headers={"accept-language": "es"}).get("/admin/login/").content.decode()

    assert '<button name="language" value="en" lang="en">English</button>' in page
    assert '<button name="language" value="es" lang="es" aria-current="true">Español</button>' in page
