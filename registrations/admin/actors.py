"""Who acts at the desk."""

from django.http import HttpRequest

from registrations.details import Actor, organizer_of


def organizer(request: HttpRequest) -> Actor:
    """The organizer who is logged in, as the history names them."""
    return organizer_of(request.user)
