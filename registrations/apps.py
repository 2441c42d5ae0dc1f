from anymail.signals import inbound, tracking
from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    default = True
    name = "registrations"
    verbose_name = _("Registration desk")

    def ready(self) -> None:
        from registrations.mail import checks, reply_checks  # noqa: F401, PLC0415  registers the system checks once the models are there
        from registrations.operations.desk_groups import update_groups  # noqa: PLC0415  as above
        from registrations.queries.plain_letters import teach_sqlite  # noqa: PLC0415  models are there only now
        from registrations.views import desk_checks, tracking_webhook  # noqa: F401, PLC0415  as above
        from registrations.views.inbound_webhook import take_in  # noqa: PLC0415  as above

        connection_created.connect(teach_sqlite)
        post_migrate.connect(update_groups, sender=self)
        tracking.connect(tracking_webhook.receive)
        inbound.connect(take_in)


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin as the organizers' desk; it stands in INSTALLED_APPS in the place of django.contrib.admin."""

    default = False
    default_site = "registrations.views.desk.Desk"
