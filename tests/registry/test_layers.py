"""The campaign's file over the shipped one over the import; the index stands in for all of it."""

import datetime as dt
import json
import sqlite3

import pytest

from rightskit.errors import FaultsError, NotFoundError, RightskitError
from rightskit.registry import compiled, layers, load, search, source, store
from rightskit.registry.lazy import LazyRecords

DAY = dt.date(2026, 12, 1)
SHIPPED = """\
controllers:
  - id: klee
    name: Klee Auskunft
    country: DE
    subdivision: HE
    address: [Am Anger 2, 65201 Wiesbaden, Deutschland]
    fax: ""
    domains: [klee.example]
    quality: verified
  - id: ginster
    name: Ginster SA
    country: FR
    phone: +33 1 23
authorities:
  - id: de-he
    name: Aufsicht
    country: DE
redirects:
  distel: ginster
  dehess: de-he
"""


@pytest.fixture
def place(tmp_path, sample, make):
    """A folder with the import, and the shipped file."""
    more = {
        "companies/klee.json": make.record("klee", fax="+49 611 12", phone="+49 611 1", runs=["Kleeblatt"]),
        "obsolete-records/alt.json": make.gone("alt", **{"redirect-to": "distel"}),
        "obsolete-records/ginster.json": make.gone("ginster"),
    }
    folder = tmp_path / "registry"
    store.save(folder, source.read(make.tar(sample | more)).files, "somewhere", DAY)
    shipped = tmp_path / "shipped.yaml"
    shipped.write_text(SHIPPED, encoding="utf-8")
    return folder, shipped


def write_own(tmp_path, text):
    path = tmp_path / "controllers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_file_decides_and_the_import_adds_ways_to_reach(place):
    found = layers.open_(*place)
    klee = found.registry.controllers["klee"]
    assert (klee.name, klee.address[0], klee.quality) == ("Klee Auskunft", "Am Anger 2", "verified")
    assert (klee.email, klee.phone, klee.also) == ("datenschutz@klee.example", "+49 611 1", ("Kleeblatt",))
    assert klee.fax == "", "a field that the shipped file empties stays empty"
    assert klee.serves == klee.categories == (), "what the shipped file leaves out hangs together with what it says"
    fields = layers.fields_from(found, "klee")
    assert (fields["name"], fields["email"], fields["fax"]) == ("shipped", "import", "shipped")
    assert "serves" not in fields


def test_the_campaigns_file_wins_field_by_field(place, tmp_path):
    own = write_own(
        tmp_path, "controllers:\n  - id: klee\n    email: neu@klee.example\n  - id: mohn\n    fax: +49 1 2\n"
    )
    found = layers.open_(*place, own)
    assert found.registry.controllers["klee"].email == "neu@klee.example"
    assert found.registry.controllers["klee"].phone == "+49 611 1"
    assert found.registry.controllers["mohn"].name == "Mohn GmbH"
    fields = layers.fields_from(found, "klee")
    assert (fields["email"], fields["phone"], fields["name"]) == ("campaign", "import", "shipped")
    assert layers.fields_from(found, "mohn")["name"] == "import"


def test_former_ids_lead_to_their_successor(place):
    registry = layers.open_(*place).registry
    assert load.get(registry, "vierblatt").id == "klee"
    assert load.get(registry, "distel").id == "ginster", "an imported record that the shipped file sends elsewhere"
    assert load.get(registry, "alt").id == "ginster", "a chain of both"
    assert registry.redirects["alt"] == "ginster", "in one step"
    assert load.get(registry, "ginster").name == "Ginster SA", "obsolete there, but shipped here"
    with pytest.raises(NotFoundError, match=r"'halm' any more\. Halm GmbH: it no longer exists"):
        load.get(registry, "halm")


def test_imported_authorities_do_not_stand_beside_the_shipped_ones(place):
    assert sorted(layers.open_(*place).registry.authorities) == ["de-he"]


def test_search_looks_into_all_layers(place, tmp_path):
    own = write_own(
        tmp_path,
        "controllers:\n  - {id: heide, name: Heide eG, country: AT}\n  - {id: mohn, also: [Schlafmohn]}\n",
    )
    found = layers.open_(*place, own)

    def ids(text):
        return [controller.id for controller in layers.find(found, text, 5)]

    assert ids("Kleblatt") == ["klee"]
    assert ids("ginster frankreich") == ["ginster"]
    assert ids("schlafmohn") == ["mohn"]
    assert ids("heide") == ["heide"]
    assert ids("distel") == [], "it is a former id"
    entries = [search.entry(controller) for controller in found.registry.controllers.values()]
    assert ids("germany") == search.best(entries, "germany", 5)


def test_records_over_records_behave_as_one_mapping(place, tmp_path):
    own = write_own(
        tmp_path, "controllers:\n  - {id: heide, name: Heide eG, country: AT}\n  - {id: klee, fax: '+1 2'}\n"
    )
    controllers = layers.open_(*place, own).registry.controllers
    assert list(controllers) == ["klee", "ginster", "mohn", "heide"]
    assert len(controllers) == 4
    assert "heide" in controllers
    assert "nobody" not in controllers
    assert [record.id for record in controllers.values()] == list(controllers)
    with pytest.raises(KeyError):
        controllers["nobody"]


def test_one_record_is_read_and_many_are_read_at_once(place, monkeypatch):
    reads = []
    real = store.reading
    controllers = layers.open_(*place).registry.controllers
    assert isinstance(controllers, LazyRecords)
    monkeypatch.setattr(store, "reading", lambda path: reads.append(path) or real(path))
    assert controllers["klee"].name == "Klee Auskunft"
    assert len(reads) == 1
    monkeypatch.setattr("rightskit.registry.lazy._SINGLE", 1)
    assert controllers["ginster"]
    assert controllers["mohn"]
    assert len(reads) == 2, "the second look-up read them all"


def test_the_index_is_made_once_and_anew_when_anything_changes(place, make, sample):
    folder, shipped = place
    layers.open_(folder, shipped)
    index = folder / compiled.FILE_NAME
    first = index.stat().st_ino
    layers.open_(folder, shipped)
    assert index.stat().st_ino == first
    shipped.write_text(SHIPPED.replace("Ginster SA", "Ginster SAS"), encoding="utf-8")
    assert layers.open_(folder, shipped).registry.controllers["ginster"].name == "Ginster SAS"
    store.save(folder, source.read(make.tar(sample | {"companies/neu.json": make.record("neu")})).files, "x", DAY)
    assert "neu" in layers.open_(folder, shipped).registry.controllers


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_a_damaged_index_is_made_anew(place, content):
    folder, shipped = place
    layers.open_(folder, shipped)
    (folder / compiled.FILE_NAME).write_bytes(content)
    assert layers.open_(folder, shipped).registry.controllers["klee"].name == "Klee Auskunft"


def test_where_nothing_can_be_written_it_works_without_an_index(place, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(store, "write_whole", refuse)
    found = layers.open_(*place)
    assert [controller.id for controller in layers.find(found, "kleeblatt", 5)] == ["klee"]
    assert layers.fields_from(found, "klee")["email"] == "import"
    assert not (place[0] / compiled.FILE_NAME).exists()


def test_a_damaged_import_is_said(place):
    (place[0] / store.FILE_NAME).write_bytes(b"no database")
    with pytest.raises(RightskitError, match="is damaged"):
        layers.open_(*place)


def test_faults_of_the_own_file_are_its_faults(place, tmp_path):
    with pytest.raises(FaultsError, match="name is missing"):
        layers.open_(*place, write_own(tmp_path, "controllers:\n  - id: unknown\n"))


def test_without_an_import_the_shipped_file_stands_alone(tmp_path, place):
    found = layers.open_(tmp_path / "nothing", place[1], tmp_path / "missing.yaml")
    assert sorted(found.registry.controllers) == ["ginster", "klee"]


def test_the_index_holds_no_more_than_json(place):
    layers.open_(*place)
    connection = sqlite3.connect(place[0] / compiled.FILE_NAME)
    (text,) = connection.execute("SELECT record FROM controllers WHERE id = 'ginster'").fetchone()
    connection.close()
    assert json.loads(text)["phone"] == "+33 1 23"
