import pytest

from tests.browser import Watch

pytestmark = pytest.mark.browser


def page_with(body):
    return f'<!doctype html><html lang="en"><head><title>Page</title></head><body><main><h1>Page</h1>{body}</main></body></html>'


def test_accessible_page_has_no_findings(page, axe):
    page.set_content(page_with("<p>Text</p>"))

    assert axe(page) == []


def test_picture_without_text_is_a_finding(page, axe):
    page.set_content(page_with('<img src="data:,">'))

    assert axe(page) == ['image-alt: <img src="data:,">']


def test_text_in_the_colour_of_its_background_is_a_finding(page, axe):
    page.set_content(page_with('<p style="color: white; background: white">Text</p>'))

    assert axe(page) == ['color-contrast: <p style="color: white; background: white">Text</p>']


def test_request_to_another_host_is_noted(context):
    watch = Watch(context, site="http://127.0.0.1:1")

    context.new_page().set_content(page_with('<img alt="" src="http://other.example/x.png">'))

    assert watch.findings == ["request to another host: http://other.example/x.png"]


def test_script_error_is_noted(context):
    watch = Watch(context, site="http://127.0.0.1:1")

    page = context.new_page()
    page.set_content(page_with("<script>nothing.at.all()</script>"))
    page.wait_for_timeout(50)

    assert [finding.split(":")[0] for finding in watch.findings] == ["script error"]


def test_visited_page_has_its_hashed_style_sheets(visit):
    page = visit("/admin/login/", language="es", width=320)

    assert page.locator("html").get_attribute("lang") == "es"
    assert page.evaluate("[...document.styleSheets].every(sheet => /\\.[0-9a-f]{12}\\.css$/.test(sheet.href) && sheet.cssRules.length > 0)")
    assert page.evaluate("innerWidth") == 320
