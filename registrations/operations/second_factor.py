"""A colleague's second factor at the desk: an authenticator app, and recovery codes for the day it is lost."""

import secrets
from base64 import b32encode
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from registrations.details import Actor, organizer_of
from registrations.errors import CodesExhausted, WrongCode
from registrations.operations.record_edits import record_edits
from registrations.queries.edits import edit

RECOVERY_CODES = 10
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_DIGITS = 6


def enrol(user: User, *, key: str, code: str, now: datetime) -> tuple[Device, list[str]]:
    """Set up the app that holds `key` (hexadecimal) in the place of any other; with new recovery codes, readable this once.

    Raises WrongCode where `code` is not what the app shows now (RFC 6238), and leaves everything as it was.
    """
    with transaction.atomic():
        _forget(user)
        device = TOTPDevice.objects.create(user=user, name="", key=key, confirmed=True)
        if not device.verify_token(_plain(code)):
            raise WrongCode
        _tell(user, "set up second factor", actor=organizer_of(user), now=now)
        return device, _new_codes(user)


def check_code(user: User, *, code: str, now: datetime) -> Device:
    """The app or the list of recovery codes that knows `code`; each code counts once.

    Raises WrongCode, and CodesExhausted while the pause after wrong codes lasts: 1 second, then 2, 4, 8 ...
    """
    entered, refusal = _plain(code), None
    by_app = len(entered) == _DIGITS and entered.isdecimal()
    devices: Any = TOTPDevice if by_app else StaticDevice
    with transaction.atomic():
        device = devices.objects.select_for_update().filter(user=user, confirmed=True).first()
        refusal = _pause(device, now=now) if device else WrongCode()
        if not refusal and not device.verify_token(entered if by_app else _kept(entered)):
            refusal = WrongCode()
    if refusal:
        raise refusal
    return device


@transaction.atomic
def renew_recovery_codes(user: User, *, now: datetime) -> list[str]:
    """Ten new codes in the place of all earlier ones. Only their keyed hashes are kept: nobody can read them again."""
    _tell(user, "renew recovery codes", actor=organizer_of(user), now=now)
    return _new_codes(user)


@transaction.atomic
def reset(user: User, *, actor: Actor, now: datetime) -> bool:
    """Forget the app and the recovery codes; whether there were any. Sessions that they opened are closed."""
    had_any = _forget(user)
    if had_any:
        _tell(user, "reset second factor", actor=actor, now=now)
    return had_any


def _tell(user: User, event: str, *, actor: Actor, now: datetime) -> None:
    """In the history, under the name of the account; no key and no code is in it."""
    record_edits(None, [edit(event, user)], actor=actor, now=now)


def _new_codes(user: User) -> list[str]:
    codes = [f"{_random()}-{_random()}" for _index in range(RECOVERY_CODES)]
    with transaction.atomic():
        device, _is_new = StaticDevice.objects.get_or_create(user=user, defaults={"name": "", "confirmed": True})
        device.token_set.all().delete()
        StaticToken.objects.bulk_create(StaticToken(device=device, token=_kept(_plain(code))) for code in codes)
    return codes


def _forget(user: User) -> bool:
    User.objects.select_for_update().get(pk=user.pk)
    numbers = [devices.objects.filter(user=user).delete()[0] for devices in (TOTPDevice, StaticDevice)]
    return any(numbers)


def _pause(device: Any, *, now: datetime) -> CodesExhausted | None:
    is_allowed, why = device.verify_is_allowed()
    return None if is_allowed else CodesExhausted(until=why["locked_until"], now=now)


def _plain(code: str) -> str:
    """As it is compared: however it was spaced, hyphenated or capitalized."""
    return "".join(letter for letter in code.lower() if letter.isalnum())


def _kept(plain: str) -> str:
    """80 bits of a keyed hash: what fits into the column."""
    return b32encode(salted_hmac("registrations.recovery_code", plain, algorithm="sha256").digest()[:10]).decode()


def _random() -> str:
    return "".join(secrets.choice(_LETTERS) for _index in range(5))
