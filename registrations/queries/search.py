"""Finding people and records by words, without regard to accents or case; every word has to be found somewhere."""

import re

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from registrations.models import Delegation, Entity, ExpectedDelegation, OutboxMessage, Participant, Submission
from registrations.queries.plain_letters import Folded
from registrations.rules.names import fold

_REFERENCE = re.compile(r"([2-9a-hjkmnp-tv-z]{4})-?([2-9a-hjkmnp-tv-z]{4})")


def search_participants(participants: QuerySet[Participant], *, words: str) -> QuerySet[Participant]:
    """Those whose names, e-mail, reference, State (in either language) or organization hold all the words.

    A reference that was given out for a repeated sign-up leads to the registration that it stands for.
    """
    for word in fold(words).split():
        found = Q(search_text__contains=word) | _of_delegation("delegation__", word)
        reference = _REFERENCE.fullmatch(word)
        if reference:
            spelt = "-".join(reference.groups())
            found |= Q(search_text__contains=spelt) | Q(pk__in=_named_in_answers(spelt.upper()))
        participants = participants.filter(found)
    return participants


def search_delegations(delegations: QuerySet[Delegation], *, words: str) -> QuerySet[Delegation]:
    """Those whose State (in either language), organization or focal point holds all the words."""
    delegations = delegations.alias(focal_point=Folded("focal_point_name"), focal_point_address=Folded("focal_point_email"))
    for word in fold(words).split():
        delegations = delegations.filter(_of_delegation("", word) | Q(focal_point__contains=word) | Q(focal_point_address__contains=word))
    return delegations


def search_expected(expected: QuerySet[ExpectedDelegation], *, words: str) -> QuerySet[ExpectedDelegation]:
    """Those whose State (in either language), organization or address holds all the words."""
    for word in fold(words).split():
        expected = expected.filter(_of_delegation("", word) | Q(mailbox__contains=word))
    return expected


def search_names(participants: QuerySet[Participant], *, words: str) -> QuerySet[Participant]:
    """Those whose names, State or organization hold all the words; nothing else about them is looked at."""
    participants = participants.alias(given=Folded("given_names"), family=Folded("family_names"))
    for word in fold(words).split():
        participants = participants.filter(Q(given__contains=word) | Q(family__contains=word) | _of_delegation("delegation__", word))
    return participants


def search_delegation_names(delegations: QuerySet[Delegation], *, words: str) -> QuerySet[Delegation]:
    """Those whose State or organization holds all the words."""
    for word in fold(words).split():
        delegations = delegations.filter(_of_delegation("", word))
    return delegations


def search_entities(entities: QuerySet[Entity], *, words: str) -> QuerySet[Entity]:
    """Those whose names in either language, acronyms or code hold all the words."""
    for word in fold(words).split():
        entities = entities.filter(Q(search_text__contains=word) | Q(code__iexact=word))
    return entities


def search_messages(messages: QuerySet[OutboxMessage], *, words: str) -> QuerySet[OutboxMessage]:
    """Those whose recipient's name or address, or participant, holds all the words."""
    messages = messages.alias(recipient=Folded("recipient_name"), address=Folded("mailbox"))
    for word in fold(words).split():
        messages = messages.filter(Q(recipient__contains=word) | Q(address__contains=word) | Q(participant__search_text__contains=word))
    return messages


def _of_delegation(path: str, word: str) -> Q:
    return Q((f"{path}organization_key__contains", word)) | Q((f"{path}entity__search_text__contains", word))


def _named_in_answers(reference: str) -> list[int]:
    answers = Submission.objects.annotate(text=Cast("lines", TextField())).filter(text__contains=f'"{reference}"')
    return [line["participant"] for answer in answers for line in answer.lines if line["reference"] == reference]
