"""Each rule of the registry with one good and one bad sample."""

import datetime as dt
from pathlib import Path

import pytest

from rightskit.registry.check import check, findings
from rightskit.registry.load import load
from rightskit.registry.rules import RULES

SHIPPED = Path(__file__).parents[2] / "controllers.yaml"
TODAY = dt.date(2026, 12, 1)

GOOD = """\
controllers:
  - id: klee
    name: Klee Auskunft GmbH
    country: DE
    subdivision: HE
    serves: [DE]
    categories: [credit-bureau]
    address: [Am Anger 1, 65201 Wiesbaden, Deutschland]
    email: datenschutz@klee.example
    webform: https://klee.example/auskunft
    fax: +49 611 123
    phone: +49 611 1234 ext. 5
    web: https://klee.example
    contacts: {erasure: weg@klee.example}
    domains: [klee.example, xn--kl-zja.example]
    languages: [de, pt-BR, sr-Latn]
    channels: [email, webform, post, fax, portal]
    refuses: []
    authority: de-he
    sources: [https://klee.example/impressum]
    checked: 2025-01-02
    quality: verified
  - id: kleeblatt
    name: Kleeblatt
    country: DE
    address: [c/o Klee Auskunft GmbH, 65201 Wiesbaden, Germany]
    part_of: klee
authorities:
  - id: de-he
    name: Aufsicht
    country: DE
    email: post@aufsicht.example
redirects:
  alt: klee
"""


def found_in(folder, text):
    path = folder / "controllers.yaml"
    path.write_text(text, encoding="utf-8")
    return findings(load([path]), TODAY)


def test_a_good_file_passes_every_rule(tmp_path):
    assert found_in(tmp_path, GOOD) == ()


@pytest.mark.parametrize(
    ("rule", "good", "bad", "line"),
    [
        ("slug-form", "- id: klee\n", "- id: Klee_1\n", 2),
        ("slug-form", "[credit-bureau]", "[Credit Bureau]", 7),
        ("name-unique", "name: Kleeblatt\n", "name: KLEE Auskunft, GmbH\n", 3),
        ("country-form", "serves: [DE]", "serves: [EU]", 6),
        ("country-form", "subdivision: HE", "subdivision: Hessen", 5),
        ("address-form", "[Am Anger 1, 65201 Wiesbaden, Deutschland]", "[65201 Wiesbaden Deutschland]", 8),
        ("address-form", "Wiesbaden, Deutschland", "Wiesbaden", 8),
        ("address-form", "Wiesbaden, Deutschland", "Wiesbaden, France", 8),
        ("postal-code", "65201 Wiesbaden, Deutschland", "6520 Wiesbaden, Deutschland", 8),
        ("email-form", "datenschutz@klee.example", "datenschutz(at)klee.example", 9),
        ("email-form", "datenschutz@klee.example", "daten..schutz@klee.example", 9),
        ("email-form", "datenschutz@klee.example", "datenschutz@klée.example", 9),
        ("email-form", "weg@klee.example", "weg klee.example", 14),
        ("email-form", "post@aufsicht.example", "post@aufsicht", 32),
        ("visible", "datenschutz@klee.example", "daten\u00adschutz@klee.example", 9),
        ("visible", "Klee Auskunft GmbH\n", "Klee\u00a0Auskunft GmbH\n", 3),
        ("visible", "[Am Anger 1,", "[Am\u200b Anger 1,", 8),
        ("phone-form", "+49 611 1234 ext. 5", "0611/1234", 12),
        ("phone-form", "+49 611 123\n", "+49(611)123\n", 11),
        ("url-form", "web: https://klee.example", "web: www.klee.example", 13),
        ("url-form", "webform: https://", "webform: htps://", 10),
        ("domain-form", "[klee.example,", "[https://klee.example,", 15),
        ("domain-form", "[klee.example,", "[klée.example,", 15),
        ("medium-exists", "address: [c/o Klee Auskunft GmbH, 65201 Wiesbaden, Germany]", "address: []", 26),
        ("channels-possible", "email: datenschutz@klee.example\n", "email: ''\n", 17),
        ("channels-possible", "refuses: []", "refuses: [fax]", 18),
        ("authority-exists", "authority: de-he", "authority: de-hh", 19),
        ("part-of-exists", "part_of: klee", "part_of: kleee", 27),
        ("part-of-exists", "part_of: klee", "part_of: kleeblatt", 27),
        ("language-form", "pt-BR", "portuguese", 16),
        ("sources-named", "sources: [https://klee.example/impressum]", "sources: []", 20),
        ("checked-recently", "checked: 2025-01-02", "checked: 2024-11-01", 21),
        ("checked-recently", "checked: 2025-01-02", "checked: 2026-12-24", 21),
        ("redirect-resolves", "alt: klee", "alt: clover", None),
    ],
)
def test_a_bad_sample_is_found_where_it_stands(tmp_path, rule, good, bad, line):
    assert GOOD.count(good) >= 1
    text = GOOD.replace(good, bad, 1)
    found = found_in(tmp_path, text.replace("    part_of: klee\n", "") if rule == "name-unique" else text)
    assert rule in {finding.rule.id for finding in found}
    finding = next(finding for finding in found if finding.rule.id == rule)
    assert finding.fault.line == line
    assert finding.fault.suggestion


def test_every_rule_has_a_bad_sample():
    parameters = test_a_bad_sample_is_found_where_it_stands.pytestmark[0].args[1]
    assert {rule.id for rule in RULES} | {"redirect-resolves"} == {parameter[0] for parameter in parameters}


def test_a_record_checked_two_years_ago_to_the_day_still_passes(tmp_path):
    text = GOOD.replace("2025-01-02", "2024-12-01")
    assert found_in(tmp_path, text) == ()


def test_same_names_for_different_people_are_two_controllers(tmp_path):
    text = GOOD.replace("name: Kleeblatt\n", "name: Klee Auskunft GmbH\n    serves: [AT]\n").replace(
        "part_of: klee", ""
    )
    assert found_in(tmp_path, text) == ()


@pytest.mark.parametrize(
    ("country", "line", "name", "fits"),
    [
        ("FR", "75 011 Paris", "France", True), ("FR", "7501 Paris", "France", False),
        ("AT", "1020 Wien", "Österreich", True), ("AT", "10180 Wien", "Österreich", False),
        ("CH", "8050 Zürich", "Schweiz", True), ("CH", "80500 Zürich", "Schweiz", False),
        ("GB", "SK9 5AF", "United Kingdom", True), ("GB", "Cheshire", "United Kingdom", False),
        ("NL", "2509 AJ Den Haag", "The Netherlands", True), ("NL", "2509 Den Haag", "Nederland", False),
        ("PL", "00-193 Warszawa", "Polska", True), ("PL", "00193 Warszawa", "Polska", False),
        ("SE", "104 20 Stockholm", "Sweden", True), ("LV", "LV-1050", "Latvia", True),
        ("LU", "L-4370 Belvaux", "Luxembourg", True), ("IE", "Dublin 2", "Ireland", True),
    ],
)  # fmt: skip
def test_postal_codes_of_countries(tmp_path, country, line, name, fits):
    text = f"controllers:\n  - id: a\n    name: A\n    country: {country}\n    address: [Weg 1, {line}, {name}]\n"
    assert [finding.rule.id for finding in found_in(tmp_path, text)] == ([] if fits else ["postal-code"])


def test_the_shipped_registry_passes_its_own_check():
    assert findings(load([SHIPPED]), dt.date(2026, 11, 23)) == ()


def test_check_gives_the_faults_of_errors_and_leaves_warnings_to_findings(tmp_path):
    text = GOOD.replace("2025-01-02", "2020-01-02").replace("part_of: klee", "part_of: kleee")
    path = tmp_path / "controllers.yaml"
    path.write_text(text, encoding="utf-8")
    registry = load([path])
    assert [finding.rule.severity for finding in findings(registry, TODAY)] == ["warning", "error"]
    (fault,) = check(registry, TODAY)
    assert (fault.path, fault.line, fault.column) == (str(path), 27, "part_of")
    assert fault.message == "kleeblatt: there is no other controller 'kleee' (part-of-exists)"


def test_a_record_from_general_knowledge_is_unverified():
    for record in load([SHIPPED]).controllers.values():
        if any(source.startswith("general knowledge") for source in record.sources):
            assert record.quality == "unverified"
            assert record.checked is None
            assert not record.email
