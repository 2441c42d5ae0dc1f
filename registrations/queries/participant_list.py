"""The official list of participants: the one definition that every rendering prints."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override

from registrations.details import ListOptions
from registrations.enums import EntityNames, ListSection, Role
from registrations.models import Meeting, Participant, Question
from registrations.queries.list_figures import list_figures
from registrations.queries.list_matter import ListedDelegation, ListMatter, list_matter, named_in_list
from registrations.queries.list_words import answer_line, attendance, edition, figures_title, function_words, heading
from registrations.queries.questions import answer_words
from registrations.rules.bilingual import wording_of
from registrations.rules.capitals import in_capitals
from registrations.rules.dates import date_text, days_text
from registrations.rules.list_content import ListAnswer, ListContent, ListDelegation, ListDocument, ListPart, ListPerson
from registrations.rules.list_names import without_article
from registrations.rules.list_order import OrderKey, order_key
from registrations.rules.list_sections import OF_DELEGATION_TYPES
from registrations.rules.names import sort_key
from registrations.rules.posts import printed_post

_Section = tuple[str, list[ListedDelegation]]


def participant_list(meeting: Meeting, *, options: ListOptions, revision: int = 0, day: date) -> ListContent:
    """The list as it stands, in every language, dated `day` and with no changes marked; three statements, two more where questions are chosen."""
    matter = list_matter(meeting, people=named_in_list(meeting), questions=options.questions)
    return {code: _document(matter, options=options, revision=revision, day=day, language=code) for code, _name in settings.LANGUAGES}


def people_in_order(people: QuerySet[Participant], *, meeting: Meeting, day: date, language: str) -> ListDocument:
    """A list of these people of the meeting in the usual order, for papers that are not published; three statements."""
    return _document(list_matter(meeting, people=people), options=ListOptions(), revision=0, day=day, language=language)


def _document(matter: ListMatter, *, options: ListOptions, revision: int, day: date, language: str) -> ListDocument:
    with override(language):
        sections = list(_sections(matter, options=options, language=language))
        document: ListDocument = {
            "language": language,
            "dated": day.isoformat(),
            "hosts": [wording_of(host, "name", language=language).text for host in matter.hosts],
            "title": wording_of(matter.meeting, "title", language=language).text,
            "subtitle": wording_of(matter.meeting, "subtitle", language=language).text,
            "when_and_where": _when_and_where(matter, language=language),
            "heading": heading(options.kind),
            "edition": edition(revision, day=date_text(day, language=language)),
            "attendance": _attendance(matter, options=options, language=language),
            "legend": "",
            "sections": [_part(section, matter=matter, options=options, language=language) for section in sections],
            "departures_title": "",
            "departures": [],
            "figures_title": figures_title(),
            "figures": list_figures(matter, sections=sections, language=language),
        }
        return document | {"questions": [question.code for question in matter.questions]} if matter.questions else document


def _when_and_where(matter: ListMatter, *, language: str) -> str:
    """E.g. "Online, 10 and 11 February 2027"."""
    zone = ZoneInfo(matter.meeting.time_zone)
    days = days_text([session.starts_at.astimezone(zone).date() for session, _attending in matter.sessions], language=language)
    return ", ".join(filter(None, [wording_of(matter.meeting, "place", language=language).text, days]))


# --- sections and delegations -------------------------------------------------------------------------------------------
def _sections(matter: ListMatter, *, options: ListOptions, language: str) -> Iterator[_Section]:
    """Those that hold anybody, in order."""

    def place(each: ListedDelegation) -> tuple[int, int, int]:
        rank = list(ListSection).index(each.section)
        return (rank, each.type.order, each.type.pk) if each.section in OF_DELEGATION_TYPES else (rank, 0, 0)

    def within(each: ListedDelegation) -> OrderKey:
        return order_key(_short_name(each, language), names=each.names, is_state=each.is_state, options=options, language=language)

    for _place, group in groupby(sorted(matter.delegations, key=place), key=place):
        delegations = sorted(group, key=within)
        yield _section_title(delegations[0], language), delegations


def _section_title(each: ListedDelegation, language: str) -> str:
    if each.section in OF_DELEGATION_TYPES:
        return wording_of(each.type, "plural", language=language).text
    return str(each.section.label)


def _part(section: _Section, *, matter: ListMatter, options: ListOptions, language: str) -> ListPart:
    title, delegations = section
    return {"title": title, "delegations": [_delegation(each, matter=matter, options=options, language=language) for each in delegations]}


def _delegation(each: ListedDelegation, *, matter: ListMatter, options: ListOptions, language: str) -> ListDelegation:
    name = _short_name(each, language) if options.names == EntityNames.SHORT else _formal_name(each, language)
    country = each.delegation.entity.code if each.delegation.entity else ""
    people = [_person(person, country=country, represented=each.names, options=options, questions=matter.questions) for person in each.people]
    return {"key": str(each.delegation.pk), "name": name, "people": people}


def _short_name(each: ListedDelegation, language: str) -> str:
    entity = each.delegation.entity
    return wording_of(entity, "name", language=language).text if entity else each.delegation.organization_name


def _formal_name(each: ListedDelegation, language: str) -> str:
    entity = each.delegation.entity
    formal = wording_of(entity, "formal_name", language=language).text if entity else ""
    return without_article(formal) or _short_name(each, language)


# --- people -------------------------------------------------------------------------------------------------------------
def _person(person: Participant, *, country: str, represented: Sequence[str], options: ListOptions, questions: Sequence[Question]) -> ListPerson:
    names = (person.honorific, person.given_names, in_capitals(person.family_names, country=country))
    contacts = [person.email if options.has_emails else "", person.phone if options.has_phones else ""]
    line: ListPerson = {
        "key": str(person.pk),
        "name": " ".join(filter(None, names)),
        "function": function_words(Role(person.role)),
        "position": printed_post(person.position, person.institution, represented=represented),
        "contacts": [contact for contact in contacts if contact],
        "mark": "",
    }
    return line | {"answers": list(_answers(person, questions=questions))} if questions else line


def _answers(person: Participant, *, questions: Sequence[Question]) -> Iterator[ListAnswer]:
    for question in questions:
        if words := answer_words(person.answers.get(question.code, ""), question):
            yield {"code": question.code, "answer": words, "line": answer_line(str(question), words)}


# --- who was represented ------------------------------------------------------------------------------------------------
def _attendance(matter: ListMatter, *, options: ListOptions, language: str) -> list[str]:
    """Each once, whatever the number of delegations that it sends."""
    states = [each for each in matter.delegations if each.is_state]
    others = [each for each in matter.delegations if not each.is_state]
    observers = [each for each in others if each.section in {ListSection.OBSERVERS, *OF_DELEGATION_TYPES}]
    named_already = set(_named(observers, language))
    organizations = [each for each in others if _short_name(each, language) not in named_already]
    return attendance(*(_named(group, language) for group in (states, observers, organizations)), options=options, language=language)


def _named(delegations: Sequence[ListedDelegation], language: str) -> list[str]:
    return sorted({_short_name(each, language) for each in delegations}, key=lambda name: sort_key(name, language))
