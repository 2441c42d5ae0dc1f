"""Who acts at the desk."""

from django.http import HttpRequest

from registrations.details import Actor


def organizer(request: HttpRequest) -> Actor:
    """The organizer who is logged in, as the history names them."""
    user = request.user
    return Actor(label=user.get_full_name() or user.get_username(), user_id=user.pk)
