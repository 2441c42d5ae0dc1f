"""What an organizer has set up as a second factor."""

from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice


def has_second_factor(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def recovery_codes_left(user: User) -> int:
    """How many recovery codes have not been used yet."""
    return int(StaticToken.objects.filter(device__user=user).count())
