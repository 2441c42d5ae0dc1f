"""The calendar entry of one mailbox for one session, and the revisions of it that were sent.

Call these inside a transaction: the invitation's row stays locked until it ends, so SEQUENCE never forks.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext, override

from registrations.calendars.invitation import Entry, cancellation, cancelled, read_entry, request
from registrations.calendars.items import items_of
from registrations.calendars.sender import sender_address, sender_name
from registrations.enums import MAY_HAVE_LEFT, Answer, CalendarMethod, Status
from registrations.links import join_url, participant_url
from registrations.models import Invitation, Participant, Revision, Session
from registrations.queries.answers import are_asked
from registrations.queries.clocks import session_faces
from registrations.rules.bilingual import wording_of
from registrations.rules.clock_faces import joined


def attending(session: Session, *, mailbox: str) -> list[Participant]:
    """Those on the mailbox who are confirmed for the session, in the order in which they signed up; nobody where it is cancelled."""
    if session.is_cancelled:
        return []
    people = session.participants.filter(mailbox=mailbox, status=Status.CONFIRMED, erased_at=None)
    return list(people.select_related("meeting", "delegation__entity").order_by("pk"))


def invitation_of(session: Session, *, mailbox: str, created_at: datetime) -> Invitation:
    """The mailbox's invitation to the session, locked; made on the first call, with the organizer it keeps for good.

    A client refuses an update from another organizer (RFC 5546 2.1.4).
    """
    invitations = Invitation.objects.select_for_update()
    return invitations.get_or_create(session=session, mailbox=mailbox, defaults={"organizer": sender_address(), "created_at": created_at})[0]


def invite(session: Session, *, mailbox: str, now: datetime) -> Revision | None:
    """The revision that tells the mailbox what is true now, or None when nobody attends or the session is over.

    It is the last one again, byte for byte, unless something in it has changed.
    """
    people = attending(session, mailbox=mailbox)
    if not people or session.ends_at <= now:
        return None
    invitation = invitation_of(session, mailbox=mailbox, created_at=now)
    return revise(invitation, entry_of(invitation, people), build=request, method=CalendarMethod.REQUEST, now=now)


def cancel(session: Session, *, mailbox: str, now: datetime) -> Revision | None:
    """The revision that takes the session out of the mailbox's calendar.

    None when somebody on the mailbox attends, when no invitation ever left, or when it was cancelled already. One of which the
    server may have heard has left: a CANCEL too many is ignored, one too few leaves a wrong entry.
    """
    invitation = Invitation.objects.select_for_update().filter(session=session, mailbox=mailbox).first()
    if invitation is None or session.ends_at <= now or attending(session, mailbox=mailbox):
        return None
    last_sent = last_that_left(invitation)
    if last_sent is None or last_sent.method == CalendarMethod.CANCEL:
        return None
    told = told_by(last_sent)
    return revise(invitation, farewell_of(session, told), build=cancellation, method=CalendarMethod.CANCEL, now=now) if told else None


def that_left(invitation: Invitation) -> QuerySet[Revision]:
    """The revisions that the mailbox has, in their order; one that is in several mails several times."""
    return invitation.revisions.filter(Q(outbox__status__in=MAY_HAVE_LEFT) | Q(enclosed_in__status__in=MAY_HAVE_LEFT)).order_by("sequence")


def last_that_left(invitation: Invitation) -> Revision | None:
    return that_left(invitation).last()


def read(revision: Revision) -> Entry | None:
    """What the revision said; None where that was erased because it named somebody."""
    return read_entry(bytes(revision.ics)) if revision.ics else None


def uid_of(invitation: Invitation) -> str:
    """The secret UID; its host is the organizer's, which never changes."""
    return f"{invitation.uid}@{invitation.organizer.rpartition('@')[2]}"


def summary_of(session: Session, *, language: str) -> str:
    """E.g. "Regional Dialogue on Humanitarian Demining: First session"."""
    meeting, title = wording_of(session.meeting, "title", language=language).text, wording_of(session, "title", language=language).text
    return f"{meeting}: {title}"


def told_by(last_sent: Revision) -> Entry | None:
    """What the mailbox was told last; where that was erased, what those left on the mailbox would be told now."""
    if entry := read(last_sent):
        return entry
    invitation = last_sent.invitation
    people = Participant.objects.filter(meeting=invitation.session.meeting_id, mailbox=invitation.mailbox, erased_at=None)
    left = list(people.select_related("meeting", "delegation__entity").order_by("pk")[:1])
    return entry_of(invitation, left) if left else None


def revise(invitation: Invitation, entry: Entry, *, build: Callable[..., bytes], method: CalendarMethod, now: datetime) -> Revision:
    """The last revision if it says the same, whatever was answered to it; otherwise the next one."""
    last = invitation.revisions.order_by("sequence").last()
    said = read(last) if last else None
    if (
        last
        and said
        and build(replace(entry, answer=said.answer, is_asked=said.is_asked), sequence=last.sequence, dtstamp=last.dtstamp) == bytes(last.ics)
    ):
        return last
    if method == CalendarMethod.REQUEST:
        entry = _with_answer(invitation, entry, last=last, said=said)
    moment = now.replace(microsecond=0)
    sequence, dtstamp = (last.sequence + 1, max(moment, last.dtstamp)) if last else (0, moment)
    ics = build(entry, sequence=sequence, dtstamp=dtstamp)
    return invitation.revisions.create(sequence=sequence, method=method, dtstamp=dtstamp, ics=ics)


def _with_answer(invitation: Invitation, entry: Entry, *, last: Revision | None, said: Entry | None) -> Entry:
    """The entry with the answer given so far. Other hours, or a session that had been cancelled, are asked about anew."""
    has_moved = said is not None and (said.starts_at, said.ends_at) != (entry.starts_at, entry.ends_at)
    if has_moved or (last and last.method == CalendarMethod.CANCEL):
        invitation.answer, invitation.answered_sequence, invitation.answered_dtstamp = Answer.NEEDS_ACTION, None, None
        invitation.save(update_fields=["answer", "answered_sequence", "answered_dtstamp"])
    return entry if not are_asked() else replace(entry, answer=str(invitation.answer), is_asked=True)


def entry_of(invitation: Invitation, people: Sequence[Participant]) -> Entry:
    """What the calendar of those people shows, in the language of the first. Session hours are fixed, so STATUS is CONFIRMED
    even while the programme inside them is provisional."""
    session, first = invitation.session, people[0]
    language = first.language
    with override(language):
        return Entry(
            uid=uid_of(invitation),
            language=language,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            summary=summary_of(session, language=language),
            description=_description(session, people, language=language),
            location=location_of(session, language=language),
            organizer=invitation.organizer,
            organizer_name=sender_name(session.meeting, language=language),
            attendee=first.email,
            attendee_name=_common_name(people, language=language),
            url=participant_url(first),
            join_url=join_url(first, session, language=language) if session.meeting.join_url else "",
            join_label=gettext("Join the session"),
            created_at=invitation.created_at,
        )


def location_of(session: Session, *, language: str) -> str:
    """The place; where people join by link, also where they find it. The link itself never stands here."""
    place = wording_of(session.meeting, "place", language=language).text
    if not session.meeting.join_url:
        return place
    with override(language):
        return gettext("%(place)s; the link to join is on your page") % {"place": place} if place else gettext("The link to join is on your page")


def _description(session: Session, people: Sequence[Participant], *, language: str) -> str:
    links = [(person.full_name, participant_url(person, language=language)) for person in people]
    context = {"faces": session_faces(session, language=language), "items": items_of(session, language=language), "links": links}
    context["meeting"] = session.meeting
    return render_to_string("mail/calendar/description.txt", context)


def _common_name(people: Sequence[Participant], *, language: str) -> str:
    if len(people) == 1:
        return people[0].full_name
    delegations = dict.fromkeys(str(person.delegation) for person in people)
    return joined(list(delegations), language=language)


def farewell_of(session: Session, told: Entry) -> Entry:
    """What was told last, with the texts of its cancellation."""
    with override(told.language):
        description = render_to_string("mail/calendar/cancellation.txt", {"session": session})
        return cancelled(told, summary=cancelled_summary(told.summary), description=description)


def cancelled_summary(summary: str) -> str:
    """The summary of an entry that does not hold any more, in the active language."""
    return gettext("CANCELLED: %(summary)s") % {"summary": summary}
