import pytest

from tools import ROOT
from tools.catalogues import catalogue_files, compiled_from, complaints_about, is_compiled, read
from tools.messages import without_dates

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path):
    """Writes a Spanish catalogue with these entries, compiled, and returns its .po."""
    file = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)

    def write(entries):
        file.write_text(HEADER + entries)
        file.with_suffix(".mo").write_bytes(compiled_from(read(file)))
        return file

    return write


@pytest.mark.parametrize("file", catalogue_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_catalogue_is_complete_certain_and_compiled(file):
    assert list(complaints_about(file)) == []


def test_complete_catalogue_has_no_complaint(catalogue):
    assert list(complaints_about(catalogue('msgid "Meeting"\nmsgstr "Reunión"\n'))) == []


def test_text_without_translation_is_found(catalogue):
    file = catalogue('msgid "Meeting"\nmsgstr ""\n\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s día"\nmsgstr[1] ""\n')

    assert list(complaints_about(file)) == ["not translated: 'Meeting'", "not translated: ('%(n)s day', '%(n)s days')"]


def test_fuzzy_text_is_found(catalogue):
    assert "fuzzy: 'Meeting'" in list(complaints_about(catalogue('#, fuzzy\nmsgid "Meeting"\nmsgstr "Sesión"\n')))


def test_translation_with_another_placeholder_is_found(catalogue):
    [complaint] = complaints_about(catalogue('#, python-format\nmsgid "%(name)s waits"\nmsgstr "%(nombre)s espera"\n'))

    assert complaint.endswith(": '%(name)s waits'")


def test_catalogue_changed_after_it_was_compiled_is_found(catalogue):
    file = catalogue('msgid "Meeting"\nmsgstr "Reunion"\n')
    file.write_text(file.read_text().replace("Reunion", "Reunión"))

    assert not is_compiled(file)


def test_dates_are_taken_out_of_the_header(catalogue):
    file = catalogue("")
    file.write_text(HEADER.replace('"Content', '"POT-Creation-Date: 2026-11-23 10:00+0100\\n"\n"Content'))

    without_dates(file)

    assert file.read_text() == HEADER
