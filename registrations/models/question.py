from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.enums import QuestionKind
from registrations.models.delegation_type import DelegationType
from registrations.models.fields import TranslationsField, translated_text
from registrations.models.meeting import Meeting

_CODE = RegexValidator(r"\A[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z", _("Use small letters without accents, digits and hyphens, beginning with a letter."))


class Question(models.Model):
    """Something that one meeting asks every participant beyond what every meeting asks.

    The answers stand in `Participant.answers` under the code, as rules.questions says.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="questions", verbose_name=_("meeting"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    code = models.CharField(
        _("code"),
        max_length=40,
        blank=True,
        validators=[_CODE],
        help_text=_("Names the question in JSON exports and in lists that come in. Empty: made from the English question."),
    )
    kind = models.CharField(_("kind of answer"), max_length=20, choices=QuestionKind.choices)
    text = translated_text(_("question"))
    help = translated_text(_("explanation"), blank=True)
    is_required = models.BooleanField(
        _("answer required"), default=False, help_text=_("Nobody can sign up without an answer; the secretariat can register people without one.")
    )
    is_asked = models.BooleanField(
        _("asked"), default=True, help_text=_("When cleared, nobody is asked any more; the answers given so far are kept.")
    )
    delegation_types = models.ManyToManyField(
        DelegationType, blank=True, related_name="questions", verbose_name=_("types of delegation"), help_text=_("None chosen: all are asked.")
    )
    translations = TranslationsField()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "code"], name="question_code_once_per_meeting")]

    def __str__(self) -> str:
        return str(self.text)


class QuestionOption(models.Model):
    """One of the answers from which to choose."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("question"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    code = models.CharField(
        _("code"),
        max_length=40,
        blank=True,
        validators=[_CODE],
        help_text=_("Names the answer in lists that come in. Empty: made from the English answer."),
    )
    text = translated_text(_("answer"))
    translations = TranslationsField()

    class Meta:
        verbose_name = _("answer to choose")
        verbose_name_plural = _("answers to choose from")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "code"], name="option_code_once_per_question")]

    def __str__(self) -> str:
        return str(self.text)
