"""Every public address (architecture: "Surface that others rely on")."""

from django.urls import path

app_name = "registrations"
urlpatterns: list[object] = []
