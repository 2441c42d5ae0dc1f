from dataclasses import dataclass

from django.template import Context, Template
from django.utils.translation import override

from registrations.rules.bilingual import Wording, wording


@dataclass
class Record:
    title_en: str = ""
    title_es: str = ""


def rendered(tag, record, *, language):
    with override(language):
        return Template("{% load bilingual %}" + tag).render(Context({"record": record}))


def test_the_reader_gets_their_language():
    assert wording("Opening", "Apertura", language="es") == Wording("Apertura", "es")
    assert wording("Opening", "Apertura", language="en") == Wording("Opening", "en")


def test_a_missing_wording_is_replaced_by_the_other_language():
    assert wording("Opening", "", language="es") == Wording("Opening", "en")
    assert wording("", "Apertura", language="en") == Wording("Apertura", "es")


def test_what_is_missing_in_both_is_empty():
    assert wording("", "", language="es") == Wording("", "es")


def test_the_tag_marks_only_what_is_in_the_other_language():
    record = Record("Opening", "")

    assert rendered('{% bilingual record "title" %}', record, language="en") == "Opening"
    assert rendered('{% bilingual record "title" %}', record, language="es") == '<span lang="en">Opening</span>'


def test_the_tags_escape_the_text():
    record = Record("<b>Q&A</b>")

    assert rendered('{% bilingual record "title" %}', record, language="en") == "&lt;b&gt;Q&amp;A&lt;/b&gt;"
    assert rendered('{% bilingual_text record "title" %}', record, language="es") == "&lt;b&gt;Q&amp;A&lt;/b&gt;"
    assert rendered('{% bilingual_paragraphs record "title" %}', record, language="es") == '<p lang="en">&lt;b&gt;Q&amp;A&lt;/b&gt;</p>'


def test_a_blank_line_begins_a_paragraph_and_a_line_an_item():
    record = Record("One\nstill one\n\nTwo")

    assert rendered('{% bilingual_paragraphs record "title" %}', record, language="en") == "<p>One\nstill one</p>\n<p>Two</p>"
    assert rendered('{% bilingual_items record "title" %}', Record("One\n\n Two "), language="es") == '<li lang="en">One</li>\n<li lang="en">Two</li>'
