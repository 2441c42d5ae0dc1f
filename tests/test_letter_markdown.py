"""What of a letter's Markdown becomes markup, and what stays as it was typed."""

import pytest

from registrations.rules.markdown import escape, html_of, text_of
from registrations.rules.placeholders import Placeholder, fill, unknown_placeholders

AWKWARD = "*O'Brien* [x](mailto:evil@a.example) <b>_& \\ `Ruiz` 1. #"
ADDRESS = "https://dialogo.example.org/es/p/1-1._aB_c-9/"


@pytest.mark.parametrize(
    ("source", "html", "text"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>\n", "One\ntwo\n\nthree"),
        ("*a* and **b**", "<p><em>a</em> and <strong>b</strong></p>\n", "a and b"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n", "- a\n- b"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n', "3. a\n4. b"),
        ("[here](https://a.example/)", '<p><a href="https://a.example/">here</a></p>\n', "here (https://a.example/)"),
        ("[Ana](mailto:ana@a.example)", '<p><a href="mailto:ana@a.example">Ana</a></p>\n', "Ana (ana@a.example)"),
        ("See https://a.example/x.", '<p>See <a href="https://a.example/x">https://a.example/x</a>.</p>\n', "See https://a.example/x."),
        (ADDRESS, f'<p><a href="{ADDRESS}">{ADDRESS}</a></p>\n', ADDRESS),
    ],
)
def test_the_subset_is_told_twice_alike(source, html, text):
    assert (html_of(source), text_of(source)) == (html, text)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "/admin/", "ftp://a.example/", "vbscript:x", "http:evil"]
)
def test_other_addresses_are_no_links(address):
    assert "<a" not in html_of(f"[here]({address})")


@pytest.mark.parametrize("source", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='x'>y</a>", "&lt;b&gt;"])
def test_html_is_shown_as_it_was_typed(source):
    assert text_of(source) == source
    assert not [tag for tag in ("<script", "<img", "<a", "<b") if tag in html_of(source)]


def test_an_image_is_never_fetched():
    assert "<img" not in html_of("![a map](https://a.example/map.png)")


def test_long_lines_are_wrapped_under_their_bullet():
    lines = text_of("- " + "word " * 30).splitlines()

    assert [line[:2] for line in lines] == ["- ", "  "]
    assert all(len(line) <= 76 for line in lines)


@pytest.mark.parametrize("source", ["{name}", "[{name}](https://a.example/)", "*{name}*", "- {name}"])
def test_what_is_filled_in_is_never_markup(source):
    filled = fill(source, {Placeholder.NAME: AWKWARD}, escape=escape)

    assert AWKWARD in text_of(filled)
    assert 'href="mailto' not in html_of(filled)
    assert "<b>" not in html_of(filled)


def test_an_address_is_filled_in_as_it_is():
    source = fill("[page]({personal_page}) {personal_page}", {Placeholder.PERSONAL_PAGE: ADDRESS}, escape=escape)

    assert html_of(source).count(f'href="{ADDRESS}"') == 2
    assert text_of(source).replace("\n", " ") == f"page ({ADDRESS}) {ADDRESS}"


def test_placeholders_that_are_not_on_the_list_are_named_once_each():
    assert unknown_placeholders(["{name} {nombre} {}", "{nombre} { name } {join_link} } {"]) == ["{nombre}", "{}", "{ name }", "{join_link}"]
