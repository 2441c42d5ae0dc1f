"""Handing the task of focal point over, and replacing the link."""

import pytest

from registrations import mail
from registrations.details import FOCAL_POINT, FocalPoint
from registrations.enums import Delivery, MessageKind
from registrations.errors import FocalPointAlready
from registrations.links import delegation_token, delegation_url
from registrations.models import Delegation, OutboxMessage
from registrations.operations.hand_over import hand_over
from registrations.operations.renew_link import renew_link
from registrations.operations.withdraw import withdraw
from tests.desk_rows import a_desk, an_organizer, desk_of
from tests.mail_rows import rendered
from tests.make import NOW, ORGANIZER, a_meeting, a_person, sign_up
from tests.web_form import soup

pytestmark = pytest.mark.django_db
ROSA = FocalPoint(name="Rosa Archivo", email="rosa@mision.example.org", language="en")
LUIS = FocalPoint(name="Luis Nuevo", email="Luis@mision.example.org", language="en")
DELEGATIONS = "/admin/registrations/delegation/"


@pytest.fixture
def delegation() -> Delegation:
    return sign_up(a_meeting(), a_person(), a_person(), focal_point=ROSA).delegation


def owed_to(email: str) -> list[str]:
    return list(OutboxMessage.objects.filter(mailbox=email.lower()).order_by("created_at", "kind").values_list("kind", flat=True))


def letter_of(message: OutboxMessage) -> object:
    return mail.render(OutboxMessage.objects.get(pk=message.pk), now=NOW)


def the(kind: MessageKind) -> OutboxMessage:
    return OutboxMessage.objects.get(kind=kind)


# --- the operation ----------------------------------------------------------------------------------------------------
def test_somebody_else_becomes_the_focal_point(delegation):
    hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)

    now = Delegation.objects.get()
    assert (now.focal_point_name, now.focal_point_email, now.focal_point_language) == ("Luis Nuevo", "Luis@mision.example.org", "en")
    assert now.focal_point_mailbox == "luis@mision.example.org"


def test_the_old_link_dies_and_the_new_one_works(client, delegation):
    old = delegation_url(delegation)

    changed = hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)

    assert client.get(f"/en/d/{old.split('/d/')[1]}").status_code == 410
    assert client.get(f"/en/d/{delegation_token(changed)}/").status_code == 200


def test_the_new_one_gets_the_link_and_the_one_before_is_told(delegation):
    hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)

    link, farewell = the(MessageKind.DELEGATION_LINK), the(MessageKind.HANDED_OVER)
    assert (link.mailbox, farewell.mailbox) == ("luis@mision.example.org", ROSA.email)
    assert delegation_url(Delegation.objects.get()) in rendered(link).body
    text = rendered(farewell).body
    assert "Luis Nuevo is now the focal point of the delegation (Peru)" in text
    assert "no longer works" in text
    assert "://" not in text


def test_the_history_says_that_it_happened_and_names_nobody(delegation):
    hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)

    entry = delegation.history.get(participant=None)
    assert (entry.event, entry.actor, entry.facts) == ("hand over", "focal point", {})


def test_another_name_on_the_same_mailbox_keeps_the_link_and_is_no_news(delegation):
    link, shared = delegation_token(delegation), FocalPoint(name="Luis Nuevo", email=ROSA.email.upper(), language="es")

    delegation = hand_over(delegation, focal_point=shared, actor=FOCAL_POINT, now=NOW)

    assert (delegation.focal_point_name, delegation_token(delegation)) == ("Luis Nuevo", link)
    assert owed_to(ROSA.email) == ["summary"]


def test_handing_over_to_whoever_has_it_already_is_refused_and_changes_nothing(delegation):
    with pytest.raises(FocalPointAlready) as refusal:
        hand_over(delegation, focal_point=ROSA, actor=FOCAL_POINT, now=NOW)

    assert str(refusal.value) == "Rosa Archivo is the focal point already, with this e-mail address and language. Nothing was changed."
    assert Delegation.objects.get().link_version == 1
    assert owed_to(ROSA.email) == ["summary"]
    assert not delegation.history.filter(participant=None).exists()


def test_links_on_their_way_to_the_one_before_are_not_sent(delegation):
    renew_link(delegation, actor=ORGANIZER, now=NOW)
    late = the(MessageKind.DELEGATION_LINK)
    hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)

    assert letter_of(late) is None
    assert "/d/" not in rendered(the(MessageKind.SUMMARY)).body


def test_handing_back_at_once_drops_the_farewell(delegation):
    hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)
    hand_over(delegation, focal_point=ROSA, actor=FOCAL_POINT, now=NOW)

    farewells = {message.mailbox: letter_of(message) for message in OutboxMessage.objects.filter(kind=MessageKind.HANDED_OVER)}
    assert farewells[ROSA.email] is None
    assert farewells["luis@mision.example.org"] is not None


def test_the_digest_of_the_hour_goes_to_the_new_focal_point(delegation):
    withdraw(delegation.participants.first(), actor=ORGANIZER, now=NOW)
    hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)

    digest = the(MessageKind.DIGEST)
    assert (digest.recipient_name, digest.recipient_email, digest.mailbox) == ("Luis Nuevo", "Luis@mision.example.org", "luis@mision.example.org")
    assert delegation_url(Delegation.objects.get()) in rendered(digest).body


def test_a_digest_being_sent_at_that_moment_is_dropped(delegation):
    withdraw(delegation.participants.first(), actor=ORGANIZER, now=NOW)
    OutboxMessage.objects.filter(kind=MessageKind.DIGEST).update(status=Delivery.SENDING)
    hand_over(delegation, focal_point=LUIS, actor=FOCAL_POINT, now=NOW)

    assert the(MessageKind.DIGEST).mailbox == ROSA.email
    assert letter_of(the(MessageKind.DIGEST)) is None


def test_a_new_link_replaces_the_old_one_and_goes_to_the_focal_point(client, delegation):
    old = delegation_token(delegation)

    changed = renew_link(delegation, actor=ORGANIZER, now=NOW)

    assert client.get(f"/en/d/{old}/").status_code == 410
    assert the(MessageKind.DELEGATION_LINK).mailbox == ROSA.email
    assert delegation_url(changed) in rendered(the(MessageKind.DELEGATION_LINK)).body
    assert [entry.event for entry in delegation.history.filter(participant=None)] == ["renew link"]


# --- the desk ---------------------------------------------------------------------------------------------------------
def test_the_desk_sends_a_new_link(delegation):
    desk = a_desk()

    answer = desk.post(f"{DELEGATIONS}{delegation.pk}/renew-link/", follow=True)

    assert "The link of Rosa Archivo was replaced; the new one goes to rosa@mision.example.org." in answer.content.decode()
    assert Delegation.objects.get().link_version == 2
    assert delegation.history.get(participant=None).user_id is not None


def test_a_new_link_is_never_sent_by_opening_an_address(delegation):
    assert a_desk().get(f"{DELEGATIONS}{delegation.pk}/renew-link/").status_code == 405
    assert Delegation.objects.get().link_version == 1


def test_the_desk_hands_over(delegation):
    desk = a_desk()
    page = soup(desk.get(f"{DELEGATIONS}{delegation.pk}/hand-over/"))
    assert [control["name"] for control in page.select("#content-main [name]")] == ["csrfmiddlewaretoken", "name", "email", "language"]

    answer = desk.post(f"{DELEGATIONS}{delegation.pk}/hand-over/", {"name": LUIS.name, "email": LUIS.email, "language": "en"}, follow=True)

    assert "Luis Nuevo is the focal point now and gets the link by e-mail." in answer.content.decode()
    assert Delegation.objects.get().focal_point_name == "Luis Nuevo"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter the name of the new focal point."),
        ({"email": "luis@"}, "Enter an e-mail address in the form name@example.org."),
        ({"name": ROSA.name, "email": ROSA.email}, "Rosa Archivo is the focal point already"),
    ],
)
def test_bad_input_at_the_desk_is_explained_and_nothing_typed_is_lost(delegation, typed, sentence):
    values = {"name": LUIS.name, "email": LUIS.email, "language": "en"} | typed

    page = soup(a_desk().post(f"{DELEGATIONS}{delegation.pk}/hand-over/", values))

    assert sentence in page.select_one(".errorlist").text
    assert [page.select_one(f"#id_{name}").get("value", "") for name in ("name", "email")] == [values["name"], values["email"]]
    assert Delegation.objects.get().link_version == 1


def test_only_those_who_may_change_delegations_are_offered_it(delegation):
    reader, writer = an_organizer("view_delegation"), an_organizer("view_delegation", "change_delegation", username="eva")

    for user, answers in ((reader, (403, 403)), (writer, (302, 200))):
        desk = desk_of(user)
        offered = soup(desk.get(f"{DELEGATIONS}{delegation.pk}/change/")).select(".decisions button")
        assert len(offered) == (2 if user == writer else 0)
        renewed, asked = desk.post(f"{DELEGATIONS}{delegation.pk}/renew-link/"), desk.get(f"{DELEGATIONS}{delegation.pk}/hand-over/")
        assert (renewed.status_code, asked.status_code) == answers
    assert Delegation.objects.get().link_version == 2


def test_a_delegation_that_is_not_there_is_not_found():
    assert a_desk().post(f"{DELEGATIONS}4711/renew-link/").status_code == 404
