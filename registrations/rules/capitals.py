"""Family names in capitals, as lists of participants print them."""

import re

_DOTTED_I = frozenset({"TR", "AZ"})
_STAYS_SMALL = re.compile(
    r"(?<![\w'’])(?:Mc(?=[A-Z])|t(?=[AEIOUÁÉÍÓÚS])|h(?=[AEIOUÁÉÍÓÚ])|bh(?=F)|g(?=C)|d(?=T)|n(?=[DG])|m(?=B)|b(?=P))",
)


def in_capitals(family_names: str, *, country: str = "") -> str:
    """E.g. "MUÑOZ PEÑA", "DE LA TORRE", "WEISSENBORN", "McALLISTER", "MAC AN tSAOIR".

    Accents stay (RAE, Ortografía 2010, II.3.4.4); ß becomes SS (Rat für deutsche Rechtschreibung, § 25 E3); the letter that Irish puts before
    an initial and the c of Mc stay small. `country` is the ISO code of the State represented: in Turkish and Azerbaijani the capital of i is İ.
    """
    if country in _DOTTED_I:
        family_names = family_names.replace("i", "İ")
    parts, start = [], 0
    for kept in _STAYS_SMALL.finditer(family_names):
        parts += [family_names[start : kept.start()].upper(), kept[0]]
        start = kept.end()
    return "".join([*parts, family_names[start:].upper()])
