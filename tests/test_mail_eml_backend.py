from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from pytest_django import Settings


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "registrations.mail.eml_backend.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def a_mail(number: int) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(
        subject=f"Sesión {number}", body="Línea uno\nLínea dos", to=["Ñ <a@example.org>"], headers={"Message-ID": f"<{number:08}-x@example.org>"}
    )


def test_every_mail_is_a_file_and_the_names_sort_by_time(folder: Path) -> None:
    backend = get_connection()

    assert backend.send_messages([a_mail(1), a_mail(2)]) == 2
    assert backend.send_messages([a_mail(3)]) == 1

    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".eml"] * 3
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [mail["Subject"] for mail in mails] == ["Sesión 1", "Sesión 2", "Sesión 3"]
    assert mails[0].get_content().splitlines() == ["Línea uno", "Línea dos"]


def test_lines_end_as_mail_programs_expect(folder: Path) -> None:
    get_connection().send_messages([a_mail(1)])

    [file] = folder.iterdir()
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")


def test_a_mail_that_cannot_be_written_leaves_no_file_behind(folder: Path) -> None:
    broken = a_mail(1)
    broken.to = ["not an address\n"]

    with pytest.raises(ValueError, match="newline"):
        get_connection().send_messages([broken])

    assert list(folder.iterdir()) == []
