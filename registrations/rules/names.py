"""When two names are the same name, and in which order names stand."""

import re
import unicodedata

_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"})
_APOSTROPHES = re.compile("['’‘ʻʼ`´.]")
_PUNCTUATION = re.compile(r"[-(),]")
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """The text without case, accents, apostrophes and surplus spaces, for comparing and searching; never for printing."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return _SPACES.sub(" ", _APOSTROPHES.sub("", bare.translate(_LETTERS))).strip()


def sort_key(text: str, language: str) -> str:
    """A key that sorts names as readers of `language` expect: accents ignored, in Spanish ñ after n (RAE, 27 letters)."""
    if language == "es":
        text = unicodedata.normalize("NFC", text).replace("ñ", "n~").replace("Ñ", "N~")
    return fold(_PUNCTUATION.sub(" ", text))


def name_key(text: str) -> str:
    """The key under which two spellings of a person's name are the same person: `fold` without any space or hyphen."""
    return fold(text).replace(" ", "").replace("-", "")


def name_words(text: str) -> list[str]:
    """The words of a person's name, folded and in alphabetical order: equal where only their order differs."""
    return sorted(fold(text.replace("-", " ")).split())


def mailbox_key(email: str) -> str:
    """The key of a mailbox: the address in lower case, as practically every provider treats it (RFC 5321 2.4)."""
    return email.strip().lower()
