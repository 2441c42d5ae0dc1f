"""Official long names as they stand at the head of a delegation."""

import re

_ARTICLE = re.compile(r"(?:the|el|la|los|las) ")


def without_article(formal_name: str) -> str:
    """E.g. "República del Perú" for "la República del Perú"; "" for ""."""
    bare = _ARTICLE.sub("", formal_name, count=1) if _ARTICLE.match(formal_name) else formal_name
    return bare[:1].upper() + bare[1:]
