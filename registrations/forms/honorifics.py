"""The usual courtesy and military titles, offered beside free text."""

HONORIFICS = {
    "en": (
        "H.E. Ambassador", "H.E. Mr.", "H.E. Ms.", "H.E. Msgr.", "H.R.H.", "Mr.", "Ms.", "Mx.", "Dr.", "Prof.", "Rev.",
        "Gen.", "Lt. Gen.", "Maj. Gen.", "Brig. Gen.", "Col.", "Lt. Col.", "Maj.", "Capt.", "Lt.", "Adm.", "Vice Adm.", "Rear Adm.", "Cmdr.",
    ),
    "es": (
        "S.E. Embajador", "S.E. Embajadora", "S.E. Sr.", "S.E. Sra.", "S.E. Mons.", "S.A.R.", "Sr.", "Sra.", "Dr.", "Dra.", "Prof.", "Profa.",
        "Mons.", "General", "General de División", "General de Brigada", "Coronel", "Teniente Coronel", "Mayor", "Capitán", "Teniente",
        "Almirante", "Vicealmirante", "Contraalmirante", "Capitán de Navío", "Capitán de Fragata",
    ),
}  # fmt: skip


def honorifics(language: str) -> tuple[str, ...]:
    """The titles of the reader's language first, then those of the other one."""
    other = "en" if language == "es" else "es"
    return tuple(dict.fromkeys(HONORIFICS[language] + HONORIFICS[other]))
