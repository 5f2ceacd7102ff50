"""Each rule of the registry with one good and one bad sample."""

import datetime as dt
import re
from pathlib import Path

import pytest

from rightskit.registry.check import READABLE, REDIRECT, findings
from rightskit.registry.load import load
from rightskit.registry.reach import REACH
from rightskit.registry.rules import RULES
from rightskit.registry.source_rules import SOURCE_RULES

SHIPPED = Path(__file__).parents[2] / "controllers.yaml"
TODAY = dt.date(2026, 12, 1)

GOOD = """\
controllers:
  - id: klee
    name: Klee Auskunft GmbH
    also: [Kleeblatt, Vierblatt]
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
    identify_by:
      - {field: name}
      - {field: birthdate, optional: true}
    domains: [klee.example, xn--kle-cma.example]
    languages: [de-AT, pt-BR, sr-Latn]
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
    email: datenschutz@klee.example
    authority: de-he
    part_of: klee
  - id: distel
    name: Distel
    country: DE
    subdivision: HE
    webform: https://distel.example/auskunft
authorities:
  - id: de-he
    name: Aufsicht
    country: DE
    subdivision: HE
    email: post@aufsicht.example
redirects:
  aufsicht-alt: de-he
  alt: klee
"""


def found_in(folder, text):
    path = folder / "controllers.yaml"
    path.write_text(text, encoding="utf-8")
    return findings(load([path]), TODAY, {"de", "en"})


def test_a_good_file_passes_every_rule(tmp_path):
    assert found_in(tmp_path, GOOD) == ()


@pytest.mark.parametrize(
    ("rule", "good", "bad", "line"),
    [
        ("slug-form", "- id: distel\n", "- id: Distel_1\n", 34),
        ("slug-form", "[credit-bureau]", "[Credit Bureau]", 8),
        ("name-unique", "name: Distel\n", "name: KLEE Auskunft, GmbH\n", 35),
        ("also-unique", "[Kleeblatt, Vierblatt]", "[Kleeblatt, kleeblatt]", 4),
        ("also-unique", "[Kleeblatt, Vierblatt]", "[Klee Auskunft GmbH]", 4),
        ("brand-linked", "    part_of: klee\n", "", 27),
        ("country-form", "serves: [DE]", "serves: [EU]", 7),
        ("country-form", "subdivision: HE", "subdivision: Hessen", 6),
        ("address-form", "[Am Anger 1, 65201 Wiesbaden, Deutschland]", "[65201 Wiesbaden Deutschland]", 9),
        ("address-form", "Wiesbaden, Deutschland", "Wiesbaden", 9),
        ("address-form", "Wiesbaden, Deutschland", "Wiesbaden, France", 9),
        ("address-without-name", "[Am Anger 1, 65201", "[Klee Auskunft GmbH, Am Anger 1, 65201", 9),
        ("postal-code", "65201 Wiesbaden, Deutschland", "6520 Wiesbaden, Deutschland", 9),
        ("email-form", "datenschutz@klee.example", "datenschutz(at)klee.example", 10),
        ("email-form", "datenschutz@klee.example", "daten..schutz@klee.example", 10),
        ("email-form", "weg@klee.example", "weg klee.example", 15),
        ("email-form", "post@aufsicht.example", "post@aufsicht", 44),
        ("idn-punycode", "datenschutz@klee.example", "datenschutz@klée.example", 10),
        ("idn-punycode", "[klee.example, xn--kle-cma.example]", "[klée.example]", 19),
        ("email-shared", "webform: https://distel.example/auskunft", "email: datenschutz@klee.example", 38),
        ("visible", "datenschutz@klee.example", "daten\u00adschutz@klee.example", 10),
        ("visible", "Klee Auskunft GmbH\n", "Klee\u00a0Auskunft GmbH\n", 3),
        ("visible", "[Am Anger 1,", "[Am\u200b Anger 1,", 9),
        ("phone-form", "+49 611 1234 ext. 5", "0611/1234", 13),
        ("phone-form", "+49 611 123\n", "+49(611)123\n", 12),
        ("phone-form", "+49 611 123\n", "+49 611 1234567890123456\n", 12),
        ("url-form", "web: https://klee.example", "web: www.klee.example", 14),
        ("url-form", "webform: https://", "webform: htps://", 11),
        ("domain-form", "[klee.example,", "[https://klee.example,", 19),
        ("domain-form", "[klee.example,", "[Klee.example,", 19),
        ("medium-exists", "webform: https://distel.example/auskunft", "webform: ''", 34),
        ("channels-possible", "email: datenschutz@klee.example\n", "email: ''\n", 21),
        ("channels-possible", "refuses: []", "refuses: [fax]", 22),
        ("authority-exists", "authority: de-he", "authority: de-hh", 23),
        ("authority-found", "    subdivision: HE\n    webform", "    webform", 34),
        ("part-of-exists", "part_of: klee", "part_of: kleee", 33),
        ("part-of-exists", "part_of: klee", "part_of: kleeblatt", 33),
        ("language-form", "pt-BR", "portuguese", 20),
        ("language-has-letters", "[de-AT, pt-BR, sr-Latn]", "[pt-BR, sr-Latn]", 20),
        ("identify-by-whom", "      - {field: name}\n", "      - {field: address}\n", 16),
        ("tested-identifies", "quality: verified", "quality: tested\n    identify_by: []", 26),
        ("sources-named", "sources: [https://klee.example/impressum]", "sources: []", 24),
        ("checked-recently", "checked: 2025-01-02", "checked: 2024-11-01", 25),
        ("checked-recently", "checked: 2025-01-02", "checked: 2026-12-24", 25),
        ("redirect-resolves", "alt: klee\n", "alt: clover\n", None),
        ("redirect-resolves", "aufsicht-alt: de-he", "aufsicht-alt: de-hh", None),
    ],
)
def test_a_bad_sample_is_found_where_it_stands(tmp_path, rule, good, bad, line):
    assert good in GOOD
    text = GOOD.replace(good, bad, 1)
    if rule == "tested-identifies":
        text = text.replace(
            "    identify_by:\n      - {field: name}\n      - {field: birthdate, optional: true}\n", "", 1
        )
        line -= 3
    finding = next(finding for finding in found_in(tmp_path, text) if finding.rule.id == rule)
    assert finding.fault.line == line
    assert finding.fault.suggestion
    assert finding.rule.reason


def test_every_rule_has_a_bad_sample():
    parameters = test_a_bad_sample_is_found_where_it_stands.pytestmark[0].args[1]
    assert {rule.id for rule in RULES} | {"redirect-resolves"} == {parameter[0] for parameter in parameters}
    assert set(REACH) < set(RULES)


def test_a_record_checked_two_years_ago_to_the_day_still_passes(tmp_path):
    text = GOOD.replace("2025-01-02", "2024-12-01")
    assert found_in(tmp_path, text) == ()


def test_same_names_for_different_people_are_two_controllers(tmp_path):
    text = GOOD.replace("name: Distel\n", "name: Klee Auskunft GmbH\n    serves: [AT]\n")
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
    found = findings(load([SHIPPED]), dt.date(2026, 11, 23), {"de", "en", "fr"})
    assert [str(finding.fault) for finding in found if finding.rule.severity == "error"] == []
    assert {finding.rule.id for finding in found} <= {"email-shared", "language-has-letters"}


def test_check_gives_the_faults_of_errors_and_leaves_warnings_to_findings(tmp_path):
    text = GOOD.replace("2025-01-02", "2020-01-02").replace("part_of: klee", "part_of: kleee")
    path = tmp_path / "controllers.yaml"
    path.write_text(text, encoding="utf-8")
    registry = load([path])
    found = findings(registry, TODAY)
    assert {finding.rule.id: finding.rule.severity for finding in found} == {
        "checked-recently": "warning",
        "brand-linked": "warning",
        "email-shared": "warning",
        "part-of-exists": "error",
    }
    (fault,) = [finding.fault for finding in found if finding.rule.severity == "error"]
    assert (fault.path, fault.line, fault.column) == (str(path), 33, "part_of")
    assert fault.message == "kleeblatt: there is no other controller 'kleee' (part-of-exists)"


def test_a_record_from_general_knowledge_is_unverified():
    for record in load([SHIPPED]).controllers.values():
        if any(source.startswith("general knowledge") for source in record.sources):
            assert record.quality == "unverified"
            assert record.checked is None
            assert not record.email


def test_every_rule_stands_in_the_documentation():
    text = (Path(__file__).parents[2] / "docs" / "registry.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z-]+)` \| (?:error|warning)", text, re.MULTILINE))
    documented |= set(re.findall(r"^\| `(source-[a-z-]+)`", text, re.MULTILINE))
    assert documented == {rule.id for rule in (*RULES, *SOURCE_RULES, REDIRECT, READABLE)}
