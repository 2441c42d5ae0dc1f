"""An authenticator app, written from RFC 6238 and not from the library that checks it."""

import hashlib
import hmac
from base64 import b32decode
from datetime import datetime


def code_at(moment: datetime, *, secret: str) -> str:
    """The six digits that the app shows at the moment, from the secret as it is typed in."""
    counter = int(moment.timestamp()) // 30
    digest = hmac.new(b32decode(secret.replace(" ", "")), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
