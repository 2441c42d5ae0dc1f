"""The system check says whether calendars ask for an answer, and why."""

import pytest

from registrations.mail.reply_checks import check_replies, check_webhook


@pytest.mark.parametrize(
    ("replies", "words", "hint"),
    [
        ("off", "ask for no answer, because nobody reads answers", "Set REPLIES"),
        ("webhook", "ask for an answer, because the provider hands over", "/anymail/PROVIDER/inbound/"),
        ("mailbox", "ask for an answer, because the mailbox is read", "manage.py read_replies"),
    ],
)
def test_it_says_whether_calendars_ask_and_why(settings, replies, words, hint):
    settings.REPLIES, settings.ANYMAIL_WEBHOOK_SECRET = replies, "provider:0123456789abcdef0123456789"

    [info] = check_replies()

    assert (info.id, words in info.msg, hint in info.hint) == ("registrations.I001", True, True)


def test_a_webhook_without_its_secret_is_an_error(settings):
    settings.REPLIES, settings.ANYMAIL_WEBHOOK_SECRET = "webhook", ""

    assert [error.id for error in check_webhook()] == ["registrations.E003"]


@pytest.mark.parametrize(("replies", "secret"), [("off", ""), ("mailbox", ""), ("webhook", "provider:0123456789abcdef0123456789")])
def test_otherwise_nothing_is_wrong(settings, replies, secret):
    settings.REPLIES, settings.ANYMAIL_WEBHOOK_SECRET = replies, secret

    assert check_webhook() == []
