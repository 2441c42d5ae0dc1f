"""The usual courtesy and military titles, offered beside free text."""

HONORIFICS = {
    "en": (
        "H.E. Ambassador", "H.E. Mr.", "H.E. Ms.", "H.E. Msgr.", "H.R.H.", "Ambassador", "Mr.", "Ms.", "Mx.", "Dr.", "Prof.", "Rev.",
        "Gen.", "Lt. Gen.", "Maj. Gen.", "Brig. Gen.", "Col.", "Lt. Col.", "Maj.", "Capt.", "Lt.", "Adm.", "Vice Adm.", "Rear Adm.", "Cmdr.",
    ),
    "es": (
        "S.E. Embajador", "S.E. Embajadora", "Excmo. Sr.", "Excma. Sra.", "S.E. Sr.", "S.E. Sra.", "S.E. Mons.", "S.A.R.",
        "Embajador", "Embajadora", "Sr.", "Sra.", "Dr.", "Dra.", "Prof.", "Profa.", "Ing.", "Lic.", "Mtro.", "Mtra.", "Mons.", "Rvdo.", "Rvda.",
        "General", "General de División", "General de Brigada", "Mayor General", "Brigadier General",
        "Coronel", "Teniente Coronel", "Comandante", "Mayor", "Capitán", "Teniente",
        "Almirante", "Vicealmirante", "Contralmirante", "Capitán de Navío", "Capitán de Fragata", "Capitán de Corbeta",
    ),
}  # fmt: skip


def honorifics(language: str) -> tuple[str, ...]:
    """The titles of the reader's language first, then those of the other one."""
    other = "en" if language == "es" else "es"
    return tuple(dict.fromkeys(HONORIFICS[language] + HONORIFICS[other]))
