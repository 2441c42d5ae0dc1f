"""The addresses of a site with ANYMAIL_WEBHOOK_SECRET: `dialogo.urls` decides that when it is loaded."""

from django.urls import include, path

from dialogo.urls import urlpatterns as without

urlpatterns = [path("anymail/", include("anymail.urls")), *without]
