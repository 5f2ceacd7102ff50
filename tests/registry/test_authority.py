"""The competent authority follows from residence, seat and sector."""

import pytest

from rightskit.registry.authority import competent
from rightskit.registry.model import Authority, Controller, Registry
from rightskit.registry.postal import is_shared, land_of

BOTH = ("private", "public-regional")
AUTHORITIES = [
    Authority("de-bfdi", "Bund", "DE", covers=("public-federal", "telecom")),
    Authority("de-he", "Hessen", "DE", "HE", covers=BOTH),
    Authority("de-hh", "Hamburg", "DE", "HH", covers=BOTH),
    Authority("de-by-lda", "Bayern, privat", "DE", "BY", covers=("private",)),
    Authority("de-by-lfd", "Bayern, öffentlich", "DE", "BY", covers=("public-regional",)),
    Authority("fr-cnil", "CNIL", "FR"),
    Authority("es-aepd", "AEPD", "ES"),
    Authority("es-ct", "APDCAT", "ES", "CT", covers=("public-regional",)),
]
REGISTRY = Registry(authorities={authority.id: authority for authority in AUTHORITIES})


def ids(country, postal_code, controller):
    found = competent(REGISTRY, member_country=country, member_postal_code=postal_code, controller=controller)
    return [competence.authority.id for competence in found]


BUREAU = Controller("klee", "Klee Auskunft GmbH", "DE", subdivision="HE")


@pytest.mark.parametrize(
    ("country", "postal_code", "controller", "expected"),
    [
        ("DE", "20357", BUREAU, ["de-hh", "de-he"]),
        ("DE", "65185", BUREAU, ["de-he"]),
        ("DE", "80331", BUREAU, ["de-by-lda", "de-he"]),
        ("DE", "", BUREAU, ["de-he"]),
        ("FR", "75011", BUREAU, ["fr-cnil", "de-he"]),
        ("US", "10001", BUREAU, ["de-he"]),
        ("DE", "20357", Controller("tel", "Tel", "DE", subdivision="HE", sector="telecom"), ["de-bfdi"]),
        ("DE", "20357", Controller("kfz", "Amt", "DE", subdivision="HE", sector="public-federal"), ["de-bfdi"]),
        ("FR", "75011", Controller("amt", "Amt", "DE", subdivision="BY", sector="public-regional"), ["de-by-lfd"]),
        ("ES", "08001", Controller("bcn", "Ajuntament", "ES", subdivision="CT", sector="public-regional"), ["es-ct"]),
        ("ES", "08001", Controller("banco", "Banco", "ES", subdivision="CT"), ["es-aepd"]),
        ("DE", "20357", Controller("us", "Inc", "US"), ["de-hh"]),
        ("US", "10001", Controller("us", "Inc", "US"), []),
        ("FR", "75011", Controller("own", "Own", "DE", authority="de-hh"), ["fr-cnil", "de-hh"]),
    ],
)
def test_competent(country, postal_code, controller, expected):
    assert ids(country, postal_code, controller) == expected


def test_the_reason_says_how_it_was_found_and_when_to_look_again():
    def reason(postal_code):
        found = competent(REGISTRY, member_country="DE", member_postal_code=postal_code, controller=BUREAU)
        return found[0].reason

    assert reason("20357") == "the member lives in DE-HH, going by the postal code"
    assert "reaches across the Land's border" in reason("22113")


@pytest.mark.parametrize(
    ("postal_code", "land"),
    [
        ("01067", "SN"), ("01945", "BB"), ("04600", "TH"), ("06108", "ST"), ("10115", "BE"), ("12529", "BB"),
        ("14482", "BB"), ("17033", "MV"), ("17326", "BB"), ("19370", "MV"), ("20095", "HH"), ("21465", "SH"),
        ("21522", "NI"), ("24103", "SH"), ("27498", "SH"), ("27568", "HB"), ("28195", "HB"), ("30159", "NI"),
        ("34346", "NI"), ("34117", "HE"), ("37308", "TH"), ("39104", "ST"), ("48455", "NI"), ("48477", "NW"),
        ("49477", "NW"), ("49565", "NI"), ("53113", "NW"), ("53424", "RP"), ("55116", "RP"), ("55246", "HE"),
        ("60311", "HE"), ("63739", "BY"), ("65582", "RP"), ("66111", "SL"), ("66482", "RP"), ("68519", "HE"),
        ("70173", "BW"), ("76829", "RP"), ("80331", "BY"), ("88131", "BY"), ("88147", "BW"), ("89231", "BY"),
        ("96515", "TH"), ("97877", "BW"), ("97892", "BY"), ("99084", "TH"), ("D-20095", "HH"), (" 20095 ", "HH"),
        ("", ""), ("2009", ""), ("00000", ""), ("SW1A 1AA", ""), ("２００９５", ""),
    ],
)  # fmt: skip
def test_land_of_a_postal_code(postal_code, land):
    assert land_of(postal_code) == land


def test_codes_across_a_border_are_known():
    assert is_shared("22113")
    assert not is_shared("20095")
