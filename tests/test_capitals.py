import pytest

from registrations.rules.capitals import in_capitals


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Muñoz Peña", "MUÑOZ PEÑA"),
        ("De la Torre", "DE LA TORRE"),
        ("Güell i Ferrer", "GÜELL I FERRER"),
        ("Ñaupari Bustíos", "ÑAUPARI BUSTÍOS"),
        ("Weißenborn", "WEISSENBORN"),
        ("d’Aspremont", "D’ASPREMONT"),
        ("Dell'Acqua", "DELL'ACQUA"),
        ("van ’t Hooft", "VAN ’T HOOFT"),
        ("IJsselmuiden", "IJSSELMUIDEN"),
        ("Ødegård", "ØDEGÅRD"),
        ("Qasımlı", "QASIMLI"),
        ("McAllister", "McALLISTER"),
        ("MacGillivray", "MACGILLIVRAY"),
        ("Nic an tSaoir", "NIC AN tSAOIR"),
        ("Ó hÉigeartaigh", "Ó hÉIGEARTAIGH"),
        ("OUYANG", "OUYANG"),
        ("O", "O"),
        ("李", "李"),
    ],
)
def test_family_names_in_capitals(typed, printed):
    assert in_capitals(typed) == printed


@pytest.mark.parametrize(("country", "printed"), [("TR", "ŞİMŞEK İNCE"), ("AZ", "ŞİMŞEK İNCE"), ("PE", "ŞIMŞEK INCE"), ("", "ŞIMŞEK INCE")])
def test_the_dot_of_the_turkish_i_stays_for_those_who_write_it(country, printed):
    assert in_capitals("Şimşek ince", country=country) == printed
