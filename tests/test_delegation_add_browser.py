"""Pasting a list of twelve, three of them bad, in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registrations.links import delegation_token
from registrations.models import Participant
from tests.make import a_meeting, a_participant

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BAD = {3: ("Chofer", "p3@x.example"), 6: ("asesora", "p6(at)x.example"), 9: ("asesor", "")}
ROWS = [
    f"S.E. Sra.\tMaría José\tMuñoz Peña {'ABCDEFGHIJKL'[n]}\tConsejera de Asuntos Humanitarios\t{BAD.get(n, ('representante', ''))[0]}"
    f"\t{BAD[n][1] if n in BAD else f'p{n}@x.example'}"
    for n in range(12)
]
LIST = "Tratamiento\tNombres\tApellidos\tCargo\tFunción\tCorreo electrónico\n" + "\n".join(ROWS)


@pytest.fixture
def delegation(live_site):
    meeting = a_meeting(slug="dialogue", registration_closes_at=None)
    ahead = timezone.now() + timedelta(days=80)
    for session in meeting.sessions.all():
        session.starts_at = ahead + timedelta(days=session.number)
        session.ends_at = session.starts_at + timedelta(hours=3)
        session.save()
    return a_participant(meeting, now=timezone.now()).delegation


@pytest.mark.parametrize(("language", "width"), [("es", 320), ("en", 1280)])
def test_a_list_of_twelve_with_three_bad_rows_is_pasted_and_mended(visit, axe, delegation, language, width):
    page = visit(f"/{language}/d/{delegation_token(delegation)}/add/", language=language, width=width, javascript=True)
    page.fill("#pasted", LIST)
    page.click("[value=read]")

    expect(page.locator(".rows .invalid-feedback")).to_have_count(3)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.check("#id_consent")
    page.click(".form-end button")
    expect(page.locator(".rows > div")).to_have_count(3)
    page.select_option("#id_participants-0-role", "adviser")
    page.fill("#id_participants-1-email", "p6@x.example")
    page.fill("#id_participants-2-email", "p9@x.example")
    page.check("#id_consent")
    page.click(".form-end button")
    expect(page).to_have_url(f"{page.url.split('/d/')[0]}/d/{delegation_token(delegation)}/?saved#people")
    assert Participant.objects.count() == 13
