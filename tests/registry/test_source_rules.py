"""Each rule about files of the open registry with one good and one bad sample."""

import datetime as dt
import json

import pytest

from rightskit.registry import source_records
from rightskit.registry.check import source_findings
from rightskit.registry.source import read
from rightskit.registry.source_rules import SOURCE_RULES

TODAY = dt.date(2026, 12, 1)
KLEE = "companies/klee.json"
HALM = "obsolete-records/halm.json"
PACK = "company-packs/de.json"


def found_in(files, make):
    return source_findings(source_records.sort(read(make.tar(files)).files), TODAY, {"de", "en"})


@pytest.fixture
def files(sample):
    files = {path: text for path, text in sample.items() if path != "companies/mohn"}
    return files | {"companies/mohn.json": sample["companies/mohn"]}


def test_good_files_pass_every_rule(files, make):
    assert found_in(files, make) == ()


def changed(text, **fields):
    values = json.loads(text) | {key.replace("_", "-"): value for key, value in fields.items()}
    return json.dumps(values, indent=4) + "\n"


NAME = [{"desc": "Name", "type": "name"}]
BAD = [
    ("source-schema", KLEE, lambda text: changed(text, colour="green"), "colour"),
    ("source-schema", KLEE, lambda text: changed(text, categories=["bank"]), "categories"),
    ("source-schema", KLEE, lambda text: changed(text, sources=[]), "sources"),
    ("source-schema", KLEE, lambda text: changed(text, runs=["A1", "A1"]), "runs"),
    ("source-schema", HALM, lambda text: changed(text, reason="tired"), "reason"),
    ("source-schema", PACK, lambda text: text.replace("add-all", "add-some"), "packs"),
    ("source-file-name", KLEE, lambda text: changed(text, slug="kleeblatt"), "slug"),
    ("source-final-newline", KLEE, lambda text: text.rstrip("\n"), ""),
    ("source-final-newline", PACK, lambda text: text + "\n", ""),
    ("source-trimmed", KLEE, lambda text: changed(text, name="Klee GmbH "), "name"),
    ("source-trimmed", KLEE, lambda text: changed(text, address="Am Anger 1 \n65201 Wiesbaden\nDeutschland"), "address"),
    ("source-trimmed", KLEE, lambda text: changed(text, required_elements=[NAME[0] | {"desc": " Name"}]), "required-elements"),
    ("source-whitespace", KLEE, lambda text: changed(text, email="daten\u00adschutz@klee.example"), "email"),
    ("source-whitespace", KLEE, lambda text: changed(text, comments=["so\u00a0nicht"]), "comments"),
    ("source-whitespace", HALM, lambda text: changed(text, name="Halm\u200b GmbH"), "name"),
    ("source-medium", KLEE, lambda text: changed(text, suggested_transport_medium="fax"), "suggested-transport-medium"),
    ("source-letter", KLEE, lambda text: changed(text, custom_access_template="access-forest"), "custom-access-template"),
    ("source-tracking", KLEE, lambda text: changed(text, custom_access_template="access-tracking",
                                                   required_elements=NAME), "required-elements"),
    ("source-name", KLEE, lambda text: changed(text, required_elements=[NAME[0] | {"type": "email"}]), "required-elements"),
    ("source-nsfw", KLEE, lambda text: changed(text, nsfw=True), "web"),
    ("source-countries", KLEE, lambda text: changed(text, relevant_countries=["all", "de"]), "relevant-countries"),
    ("source-deleted", HALM, lambda text: changed(text, slug="klee"), "slug"),
    ("source-successor", HALM, lambda text: changed(text, reason="company-acquired"), "reason"),
    ("source-redirect", HALM, lambda text: changed(text, redirect_to="clover"), "redirect-to"),
    ("source-pack", PACK, lambda text: text.replace('"klee"', '"clover"'), "clover"),
    # Rules of the registry itself look at what a record is converted to, and name the field of the source.
    ("postal-code", KLEE, lambda text: changed(text, address="Am Anger 1\n6520 Wiesbaden\nDeutschland"), "address"),
    ("address-form", KLEE, lambda text: changed(text, address="Deutschland"), "address"),
    ("address-without-name", KLEE, lambda text: changed(text, address="Klee GmbH\n65201 Wiesbaden\nDeutschland"), "address"),
    ("phone-form", KLEE, lambda text: changed(text, phone="0611 1234"), "phone"),
    ("email-form", KLEE, lambda text: changed(text, email="klee"), "email"),
    ("also-unique", KLEE, lambda text: changed(text, runs=["Klee GmbH"]), "runs"),
    ("name-unique", KLEE, lambda text: changed(text, name="Mohn GmbH"), "name"),
    ("brand-linked", KLEE, lambda text: changed(text, runs=["Mohn GmbH"]), "name"),
    ("email-shared", KLEE, lambda text: changed(text, email="datenschutz@mohn.example"), "email"),
    ("source-tested", KLEE, lambda text: changed(text, quality="tested"), "quality"),
    ("language-has-letters", KLEE, lambda text: changed(text, request_language="el"), "request-language"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "path", "spoil", "field"), BAD, ids=[f"{bad[0]}-{number}" for number, bad in enumerate(BAD)]
)
def test_a_bad_file_is_found_where_it_stands(files, make, rule, path, spoil, field):  # noqa: PLR0913, PLR0917 (a table)
    text = spoil(files[path])
    findings = [finding for finding in found_in(files | {path: text}, make) if finding.rule.id == rule]
    fault = findings[0].fault
    assert fault.column == field
    assert fault.line == next((n for n, line in enumerate(text.splitlines(), 1) if f'"{field}"' in line), 1)
    assert fault.suggestion
    assert findings[0].rule.reason


def test_a_file_without_extension(sample, make):
    assert [(finding.rule.id, finding.fault.path) for finding in found_in(sample, make)] == [
        ("source-extension", "companies/mohn")
    ]


def test_every_rule_has_a_bad_sample():
    assert {rule.id for rule in SOURCE_RULES} == {name for name, *_ in BAD if name.startswith("source-")} | {
        "source-extension"
    }


def test_a_letter_in_the_records_language_will_do(files, make):
    own = changed(files[KLEE], custom_access_template="access-forest", request_language="de")
    assert found_in(files | {KLEE: own}, make) == ()


def test_letters_that_did_not_come_along_are_not_missed(files, make):
    alone = {path: text for path, text in files.items() if not path.startswith("templates/")}
    own = changed(files[KLEE], custom_access_template="access-forest")
    assert found_in(alone | {KLEE: own}, make) == ()


def test_what_cannot_be_read_is_an_error_of_its_own(files, make):
    (finding,) = found_in(files | {"companies/bad.json": "{"}, make)
    assert (finding.rule.id, finding.rule.severity, finding.fault.path) == ("readable", "error", "companies/bad.json")
