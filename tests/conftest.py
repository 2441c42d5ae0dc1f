"""Fixtures for every test. See CONTRIBUTING.md for how to run one test, or one browser test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django.test.testcases import LiveServerThread
from django.utils import translation
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from tests.browser import Watch, accessibility_findings
from tests.smtp import SmtpServer
from tools import ROOT, chromium
from tools.static_files import collect_if_changed

COLLECTED = ROOT / "var" / "test-static"
AS_IN_PRODUCTION = {
    "STATIC_ROOT": str(COLLECTED),
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    },
}
LOCALES = {"en": "en-GB", "es": "es-PE"}


@pytest.fixture(autouse=True)
def english() -> None:
    """Each test begins in English, whatever language the last request of the one before was answered in."""
    translation.activate("en")


# --- mail -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """A running SMTP server; see tests/smtp.py for how to read its mail and how to make it fail."""
    server = SmtpServer()
    server.start()
    yield server
    server.release()
    server.stop()


@pytest.fixture
def mail_over_smtp(smtp_server: SmtpServer, settings: Settings) -> SmtpServer:
    """The same server, to which this process now sends all its mail."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = smtp_server.host, smtp_server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return smtp_server


# --- other processes --------------------------------------------------------------------------------------------------
@pytest.fixture
def process_environment(transactional_db: None, settings: Settings) -> dict[str, str]:
    """The environment for a child process (a worker, a web server) that works on this test's database."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "dialogo.settings", "DATABASE_URL": _url_of_the_test_database()}


def _url_of_the_test_database() -> str:
    from django.db import connection  # noqa: PLC0415  exists only once Django is set up

    given = os.environ["DATABASE_URL"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    address, _, options = given.partition("?")
    return f"{address.rpartition('/')[0]}/{connection.settings_dict['NAME']}?{options}".rstrip("?")


# --- the site with its style sheets -----------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def site_server(django_db_setup: None) -> Iterator[str]:
    """The address of a web server in a thread, with static files hashed and compressed as in production."""
    with override_settings(**AS_IN_PRODUCTION):
        collect_if_changed(Path(COLLECTED))
        thread = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def live_site(site_server: str, transactional_db: None, settings: Settings) -> str:
    """The address of the running site on this test's database, without a slash at the end. SITE_URL says the same."""
    settings.STATIC_ROOT, settings.STORAGES = AS_IN_PRODUCTION["STATIC_ROOT"], AS_IN_PRODUCTION["STORAGES"]
    settings.SITE_URL = site_server
    return site_server


# --- the browser ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """An installed Chromium instead of one that playwright would download."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    return {**browser_type_launch_args, "executable_path": path, "args": chromium.launch_arguments()}


@pytest.fixture
def visit(browser: Browser, live_site: str) -> Iterator[Callable[..., Page]]:
    """`visit("/en/", language="es", width=320)` opens a page of the live site in a new browser context and returns it.

    `language` is what the browser asks for, `zone` its clock, `javascript=False` switches scripts off. After the test,
    any request to another host, breach of the content security policy or script error fails it.
    """
    watches, contexts = [], []

    def open_page(
        path: str, *, language: str = "en", width: int = 1280, height: int = 900, javascript: bool = True, zone: str = "Europe/Zurich", **options: Any
    ) -> Page:
        context = browser.new_context(
            base_url=live_site,
            locale=LOCALES[language],
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            timezone_id=zone,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        watches.append(Watch(context, site=live_site))
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [finding for watch in watches for finding in watch.findings] == []


@pytest.fixture
def desk(visit: Callable[..., Page]) -> Callable[..., Page]:
    """`desk(path, ...)` opens a page of the desk as an organizer who has logged in and may do everything."""
    from tests.desk_rows import a_desk  # noqa: PLC0415  models exist only once Django is set up

    def open_page(path: str, **options: Any) -> Page:
        name = django_settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": a_desk().cookies[name].value, "domain": "127.0.0.1", "path": "/", "expires": -1}
        state = {"cookies": [cookie | {"httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}
        return visit(path, storage_state=state, **options)

    return open_page


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)` returns what is inaccessible on the page as it stands, one line each."""
    return accessibility_findings
