"""What the server that received a mail found out about its sender.

Only a failure is believed, and only in the topmost header of its name: the receiving server puts its own above whatever was
there before (RFC 8601 4.1, RFC 7208 9.1). Whoever forges one harms nobody's mail but their own.
"""

import re
from email.message import Message

_RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_FAILED = frozenset({"fail", "softfail", "permerror"})


def fails_checks(message: Message) -> bool:
    """Whether DMARC failed, or SPF did and neither DMARC nor DKIM passed; False where nothing is told."""
    results = _results(str(message.get("Authentication-Results", "")))
    if "dmarc" in results and results["dmarc"] <= _FAILED | {"pass"}:
        return "pass" not in results["dmarc"]
    spf = results.get("spf") or _words(str(message.get("Received-SPF", "")), 1) or _words(str(message.get("X-Mailgun-Spf", "")), 1)
    return bool(spf & _FAILED) and "pass" not in results.get("dkim", set())


def _results(header: str) -> dict[str, set[str]]:
    results: dict[str, set[str]] = {}
    for method, result in _RESULT.findall(_COMMENT.sub(" ", header)):
        results.setdefault(method.lower(), set()).add(result.lower())
    return results


def _words(header: str, number: int) -> set[str]:
    return set(header.lower().split()[:number])
