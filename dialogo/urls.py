"""Every address of the site. Public pages begin with their language; the others have none."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from registrations.views import front, health

urlpatterns = [
    path("", front.front, name="front"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", front.robots, name="robots"),
    path("admin/", admin.site.urls),
    *([path("anymail/", include("anymail.urls"))] if settings.ANYMAIL_WEBHOOK_SECRET else []),
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(path("", include("registrations.urls")), prefix_default_language=True),
]
