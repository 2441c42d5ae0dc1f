"""How a speaker is introduced."""

import re


def names_home(office: str, *, country: str) -> bool:
    """Whether the office says already where the speaker comes from: "Coordinator, Demining Programme of Colombia"."""
    return re.search(rf"\b{re.escape(country)}\b", office) is not None
