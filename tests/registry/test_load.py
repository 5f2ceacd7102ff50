"""controllers.yaml files become a registry, or faults with their place."""

import datetime as dt
from pathlib import Path

import pytest

from rightskit.errors import FaultsError, NotFoundError
from rightskit.registry.load import get, load, resolve
from rightskit.registry.model import IdentifyField

SHIPPED = Path(__file__).parents[2] / "controllers.yaml"


def write(folder: Path, text: str, name: str = "controllers.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


FULL = """\
controllers:
  - id: klee
    name: Klee Auskunft GmbH
    also: [Kleeblatt]
    country: DE
    subdivision: HE
    serves: [DE, AT]
    categories: [credit-bureau]
    address:
      - Am Anger 1
      - 65201 Wiesbaden
      - Deutschland
    email: datenschutz@klee.example
    contacts:
      erasure: loeschung@klee.example
    identify_by:
      - {field: name}
      - {field: former-address, optional: true, note: only if it changed}
    may_ask_id: "no"
    channels: [email, post]
    checked: 2026-11-02
    quality: verified
authorities:
  - id: de-he
    name: Aufsicht
    country: DE
    covers: [private]
redirects:
  kleeblatt: klee
"""


def test_a_record_is_read_with_all_its_fields(tmp_path):
    path = write(tmp_path, FULL)
    registry = load([path])
    klee = registry.controllers["klee"]
    assert klee.serves == ("DE", "AT")
    assert klee.address[-1] == "Deutschland"
    assert klee.contacts == {"erasure": "loeschung@klee.example"}
    assert klee.identify_by == (
        IdentifyField("name"),
        IdentifyField("former-address", optional=True, note="only if it changed"),
    )
    assert klee.may_ask_id == "no"
    assert klee.checked == dt.date(2026, 11, 2)
    assert klee.origin == f"{path}:2"
    assert registry.authorities["de-he"].covers == ("private",)


def test_a_later_file_wins_field_by_field(tmp_path):
    shipped = write(tmp_path, FULL)
    own = write(tmp_path, "controllers:\n  - id: klee\n    email: neu@klee.example\n", "own.yaml")
    klee = load([shipped, own]).controllers["klee"]
    assert klee.email == "neu@klee.example"
    assert klee.name == "Klee Auskunft GmbH"
    assert klee.origin == f"{own}:2"


def test_a_later_file_can_empty_a_list(tmp_path):
    shipped = write(tmp_path, FULL)
    own = write(tmp_path, "controllers:\n  - id: klee\n    channels: []\n", "own.yaml")
    assert load([shipped, own]).controllers["klee"].channels == ()


def test_all_faults_of_all_files_come_at_once_with_their_lines(tmp_path):
    first = write(tmp_path, "controllers:\n  - id: a\n    name: A\n    country: DE\n    emial: a@a.example\n")
    second = write(
        tmp_path,
        "controllers:\n  - id: b\n    name: B\n  - name: C\n    country: DE\n  - id: d\n    name: D\n    country: DE\n"
        "    quality: great\n    channels: [pigeon]\ncontrolers: []\n",
        "own.yaml",
    )
    with pytest.raises(FaultsError) as caught:
        load([first, second])
    places = [(Path(fault.path).name, fault.line, fault.column) for fault in caught.value.faults]
    assert ("controllers.yaml", 5, "emial") in places
    assert ("own.yaml", 2, "country") in places
    assert ("own.yaml", 4, "id") in places
    assert ("own.yaml", 9, "quality") in places
    assert ("own.yaml", 10, "channels") in places
    assert ("own.yaml", 11, "controlers") in places
    assert "did you mean 'email'?" in str(caught.value)


def test_an_id_twice_in_one_file_is_a_fault(tmp_path):
    record = "  - id: a\n    name: A\n    country: DE\n"
    with pytest.raises(FaultsError, match="a stands twice") as caught:
        load([write(tmp_path, f"controllers:\n{record}{record}")])
    assert caught.value.faults[0].line == 5


def test_get_follows_redirects_and_suggests(tmp_path):
    registry = load([write(tmp_path, FULL)])
    assert get(registry, "kleeblatt").id == "klee"
    with pytest.raises(NotFoundError) as caught:
        get(registry, "kle")
    assert caught.value.hint == "did you mean 'klee'?"
    with pytest.raises(NotFoundError) as caught:
        get(registry, "zzzzzzzz")
    assert "controllers search" in caught.value.hint


def test_a_circle_of_redirects_ends(tmp_path):
    registry = load([write(tmp_path, "redirects: {a: b, b: a}\n")])
    assert resolve(registry, "a") == "a"
    with pytest.raises(NotFoundError):
        get(registry, "a")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="nowhere"):
        load([tmp_path / "nowhere.yaml"])


def test_the_german_credit_bureaus_are_there():
    registry = load([SHIPPED])
    for bureau in ("schufa", "crif", "infoscore", "boniversum", "regis24", "experian-de", "informa-his"):
        found = get(registry, bureau)
        assert "credit-bureau" in found.categories
        assert found.serves == ("DE",)
        assert found.quality == "verified"
        assert found.authority in registry.authorities


def test_every_country_of_the_eea_and_every_land_has_its_authority():
    registry = load([SHIPPED])
    eea = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
    national = {a.country for a in registry.authorities.values() if not a.subdivision}
    assert set(eea.split()) | {"GB", "CH"} <= national
    laender = "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH"
    for sector in ("private", "public-regional"):
        there = [a.subdivision for a in registry.authorities.values() if a.country == "DE" and sector in a.covers]
        assert sorted(there) == laender.split()
