from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    name = "registrations"
    verbose_name = _("Registration desk")

    def ready(self) -> None:
        from registrations.mail import checks  # noqa: F401, PLC0415  registers the system check once the models are there
