import pytest
from pytest_django import Settings

from registrations.mail.checks import check_calendar_mode

ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token", "BREVO_API_KEY": "key"}


@pytest.mark.parametrize("mode", ["invite", "attach"])
@pytest.mark.parametrize("backend", ["django.core.mail.backends.smtp.EmailBackend", "registrations.mail.eml_backend.EmailBackend"])
def test_backends_that_send_mime_carry_both_modes(settings: Settings, mode: str, backend: str) -> None:
    settings.CALENDAR_MODE, settings.EMAIL_BACKEND = mode, backend

    assert check_calendar_mode() == []


@pytest.mark.parametrize("provider", ["postmark", "brevo"])
def test_a_provider_without_calendar_parts_needs_attach(settings: Settings, provider: str) -> None:
    settings.ANYMAIL, settings.EMAIL_BACKEND = ANYMAIL, f"anymail.backends.{provider}.EmailBackend"

    assert [error.id for error in check_calendar_mode()] == ["registrations.E002"]
    settings.CALENDAR_MODE = "attach"
    assert check_calendar_mode() == []


def test_a_provider_that_keeps_no_metadata_is_reported(settings: Settings) -> None:
    settings.CALENDAR_MODE, settings.EMAIL_BACKEND = "attach", "anymail.backends.mailersend.EmailBackend"
    settings.ANYMAIL = {"MAILERSEND_API_TOKEN": "token"}

    assert [(error.id, "metadata" in error.msg) for error in check_calendar_mode()] == [("registrations.E002", True)]


def test_a_provider_without_its_key_is_reported(settings: Settings) -> None:
    settings.ANYMAIL, settings.EMAIL_BACKEND = {}, "anymail.backends.postmark.EmailBackend"

    [error] = check_calendar_mode()
    assert (error.id, "POSTMARK_SERVER_TOKEN" in error.msg, "in ANYMAIL" in error.hint) == ("registrations.E005", True, True)


def test_a_backend_that_is_none_is_reported(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "no.such.EmailBackend"

    [error] = check_calendar_mode()
    assert (error.id, error.msg.startswith("EMAIL_BACKEND is no.such.EmailBackend, which is no mail backend:")) == ("registrations.E004", True)


def test_an_unknown_mode_is_reported(settings: Settings) -> None:
    settings.CALENDAR_MODE = "pigeon"

    assert [error.id for error in check_calendar_mode()] == ["registrations.E001"]
