"""`manage.py read_replies`: a Maildir and an IMAP server, each mail once."""

from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from registrations.enums import Answer, IncomingKind, MessageKind
from registrations.models import IncomingMessage, Invitation, OutboxMessage
from tests.imap import ImapServer
from tests.make import a_meeting, a_participant
from tests.reply_mails import ANSWERED, from_apple, from_thunderbird, invited, mail

pytestmark = pytest.mark.django_db
GARBAGE = b"\x00\xff garbage"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(ANSWERED, tick=False):
        yield


@pytest.fixture
def invitation() -> Invitation:
    return invited(a_participant(a_meeting(), email="ana.paz@exteriores.example.com"))


@pytest.fixture
def maildir(tmp_path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def names(maildir: Path) -> dict[str, list[str]]:
    return {part: sorted(path.name for path in (maildir / part).iterdir()) for part in ("new", "cur")}


def read(source: object) -> str:
    out = StringIO()
    call_command("read_replies", str(source), stdout=out)
    return out.getvalue().strip()


def failing_to_insert(execute, sql, *rest):
    if "incomingmessage" in sql and sql.startswith("INSERT"):
        raise OperationalError("disk full")
    return execute(sql, *rest)


def letter(number: int) -> bytes:
    return mail("Hello", sender="ana.paz@exteriores.example.com", content_type="text/plain", message_id=f"<{number}@x>")


# --- Maildir ----------------------------------------------------------------------------------------------------------------
def test_new_and_unseen_mails_of_a_maildir_are_filed_and_marked_as_seen(maildir, invitation):
    (maildir / "new" / "1.a.host").write_bytes(from_apple(invitation, partstat="TENTATIVE"))
    (maildir / "new" / "2.b.host").write_bytes(GARBAGE)
    (maildir / "cur" / "3.c.host:2,FR").write_bytes(letter(3))
    (maildir / "cur" / "4.d.host:2,S").write_bytes(letter(4))

    assert read(maildir) == "read=3 answer=1 letter=1 unreadable=1"
    assert names(maildir) == {"new": [], "cur": ["1.a.host:2,S", "2.b.host:2,S", "3.c.host:2,FRS", "4.d.host:2,S"]}
    assert Invitation.objects.get().answer == Answer.TENTATIVE


def test_reading_again_does_nothing(maildir, invitation):
    (maildir / "new" / "1.a.host").write_bytes(from_apple(invitation))
    read(maildir)
    (maildir / "new" / "2.again.host").write_bytes(from_apple(invitation))

    assert [read(maildir), read(maildir)] == ["read=1 not kept=1", "read=0"]
    assert IncomingMessage.objects.count() == 1


def test_a_letter_in_a_mailbox_that_people_read_is_not_passed_on(maildir, invitation):
    (maildir / "new" / "1.a.host").write_bytes(letter(1))
    read(maildir)

    assert IncomingMessage.objects.get().kind == IncomingKind.LETTER
    assert OutboxMessage.objects.filter(kind=MessageKind.FORWARDED).count() == 0


def test_a_fault_of_the_database_leaves_the_mail_unseen(maildir, invitation):
    (maildir / "new" / "1.a.host").write_bytes(from_apple(invitation))
    (maildir / "new" / "2.b.host").write_bytes(letter(2))

    with connection.execute_wrapper(failing_to_insert), pytest.raises(OperationalError):
        read(maildir)

    assert names(maildir)["new"] == ["1.a.host", "2.b.host"]
    assert read(maildir) == "read=2 answer=1 letter=1"


def test_a_folder_that_is_no_maildir_is_refused(tmp_path):
    with pytest.raises(CommandError, match="is no Maildir"):
        read(tmp_path)


# --- IMAP -------------------------------------------------------------------------------------------------------------------
def address(server: ImapServer, *, password: str = ":pass%20word", folder: str = "Replies") -> str:
    return f"imap://desk%40example.org{password}@{server.address}/{folder}"


def test_unseen_mails_of_a_server_are_filed_and_only_then_marked_as_seen(invitation):
    with ImapServer([from_thunderbird(invitation, partstat="DECLINED"), letter(2), GARBAGE]) as server:
        server.seen.add(2)

        assert read(address(server)) == "read=2 answer=1 unreadable=1"
        assert server.seen == {1, 2, 3}
        assert read(address(server)) == "read=0"
    assert Invitation.objects.get().answer == Answer.DECLINED
    assert not [command for command in server.commands if "BODY[" in command]


def test_the_password_may_stand_in_the_environment(invitation, monkeypatch):
    monkeypatch.setenv("REPLIES_PASSWORD", "pass word")
    with ImapServer([from_thunderbird(invitation)]) as server:
        assert read(address(server, password="")) == "read=1 answer=1"


def test_a_fault_of_the_database_leaves_the_mail_on_the_server_unseen(invitation):
    with ImapServer([letter(1), letter(2)]) as server:
        with connection.execute_wrapper(failing_to_insert), pytest.raises(OperationalError):
            read(address(server))

        assert server.seen == set()
        assert server.commands[-1] == "LOGOUT"


@pytest.mark.parametrize("wrong", [{"password": ":secret"}, {"folder": "Elsewhere"}])
def test_what_the_server_refuses_is_told_without_the_password(invitation, wrong):
    with ImapServer([letter(1)]) as server, pytest.raises(CommandError) as refusal:
        read(address(server, **wrong))

    assert "The mailbox cannot be read" in str(refusal.value)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("source", ["imap://user:secret@mail.example.org/INBOX", "pop3://user:secret@localhost/"])
def test_a_password_is_never_sent_in_the_clear_to_another_machine(source):
    with pytest.raises(CommandError) as refusal:
        read(source)

    assert str(refusal.value).startswith("Write the address like imaps://user@host/INBOX")


def test_a_server_that_does_not_answer_is_told(invitation):
    with ImapServer([]) as server:
        gone = address(server)
    with pytest.raises(CommandError, match="The mailbox cannot be read"):
        read(gone)
