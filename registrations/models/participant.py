import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from registrations.enums import Role, Source, Status
from registrations.models.delegation import Delegation
from registrations.models.fields import FoldedField, MailboxField, NameKeyField
from registrations.models.meeting import Meeting
from registrations.models.programme import Session

_UNAMBIGUOUS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Eight characters that survive being read out over the telephone, e.g. `K7QD-2M9X`; 39 bits."""
    characters = [secrets.choice(_UNAMBIGUOUS) for _place in range(8)]
    return "".join(characters[:4]) + "-" + "".join(characters[4:])


def erased_name() -> str:
    """What stands in the place of a name that was erased."""
    return pgettext("name of a person", "(erased)")


class Participant(models.Model):
    """One person in a delegation at one meeting. Names are kept and printed exactly as typed.

    `institution` is where they work, "" where that is what the delegation represents.
    `correction` is {"fields": [names], "note": text} while the registration is returned. `to_review` holds what was
    changed since it was confirmed, {field: [confirmed value, present value]}, until an organizer has seen it. `answers` holds those to the
    meeting's own questions by their code, as rules.questions says. `in_place_of` is
    the person for whom this one was substituted. An erased participant keeps what is counted and nothing that names them.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="participants", verbose_name=_("meeting"))
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="participants", verbose_name=_("delegation"))
    order = models.PositiveIntegerField(_("order in the delegation"), default=1)
    role = models.CharField(_("function in the delegation"), max_length=20, choices=Role.choices)
    honorific = models.CharField(_("courtesy title"), max_length=80, blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    family_names = models.CharField(_("family names"), max_length=120)
    position = models.CharField(_("position"), max_length=250)
    institution = models.CharField(_("institution"), max_length=250, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language of correspondence"), max_length=5)
    accessibility_needs = models.TextField(_("accessibility needs"), max_length=500, blank=True)
    answers = models.JSONField(_("answers to the meeting’s questions"), default=dict, blank=True, editable=False)
    sessions = models.ManyToManyField(Session, related_name="participants", verbose_name=_("sessions"))
    status = models.CharField(_("status"), max_length=20, choices=Status.choices)
    reference = models.CharField(_("reference"), max_length=9, unique=True, default=new_reference)
    link_version = models.PositiveIntegerField(default=1, editable=False)
    source = models.CharField(_("came in by"), max_length=20, choices=Source.choices)
    correction = models.JSONField(_("correction asked for"), default=dict, editable=False)
    to_review = models.JSONField(_("changes to be reviewed"), default=dict, editable=False)
    promoted_at = models.DateTimeField(_("put first on the waiting list"), null=True, editable=False)
    in_place_of = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="substitutes", verbose_name=_("in place of"))
    erasure_requested_at = models.DateTimeField(_("erasure asked for"), null=True, editable=False)
    erasure_approved_at = models.DateTimeField(_("erasure approved"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    bounced_at = models.DateTimeField(_("mail came back"), null=True, editable=False)
    consented_at = models.DateTimeField(_("data notice accepted"), null=True)
    is_left_out_of_list = models.BooleanField(_("left out of the list of participants"), default=False, editable=False)
    created_at = models.DateTimeField(_("signed up"), db_index=True)
    mailbox = MailboxField(of=("email",))
    name_key = NameKeyField(of=("given_names", "family_names"))
    search_text = FoldedField(of=("given_names", "family_names", "given_names", "email", "reference", "institution"))

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["delegation", "order"]
        permissions = [
            ("see_names", "Can see names and delegations of participants, and nothing else of them"),
            ("decide_participant", "Can decide on registrations"),
            ("check_in_participant", "Can check participants in"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "mailbox", "name_key"],
                condition=~Q(status=Status.WITHDRAWN) & Q(erased_at=None),
                name="participant_once_per_delegation",
            ),
        ]
        indexes = [models.Index(fields=["meeting", "status", "created_at"]), models.Index(fields=["meeting", "mailbox"])]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Given and family names as typed, without the courtesy title; "(erased)" where they were erased."""
        return erased_name() if self.erased_at else f"{self.given_names} {self.family_names}".strip()

    @property
    def styled_name(self) -> str:
        """The name with its courtesy title, as addressed in a letter."""
        return f"{self.honorific} {self.full_name}".strip()

    @property
    def post(self) -> str:
        """Position and institution on one line, as typed."""
        return ", ".join(filter(None, [self.position, self.institution]))
