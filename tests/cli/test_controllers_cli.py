"""`controllers`, as a person meets it."""

import http.server
import io
import json
import tarfile
import threading
from functools import partial

import pytest

from rightskit import paths
from rightskit.registry import layers

LONG = "\n".join(f"c{number}" for number in range(30)).split()


def record(slug, **fields):
    given = {
        "slug": slug,
        "relevant-countries": ["de"],
        "name": f"{slug.title()} Genossenschaft",
        "address": "Am Anger 1\n65201 Wiesbaden\nDeutschland",
        "email": f"datenschutz@{slug}.example",
        "sources": [f"https://www.{slug}.example/impressum"],
        "quality": "verified",
    }
    return json.dumps(given | fields, indent=4) + "\n"


@pytest.fixture
def registry(tmp_path):
    """Writes an invented registry of the given companies and says where."""

    def write(name="data", **companies):
        for slug, text in companies.items():
            path = tmp_path / name / "companies" / f"{slug}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


@pytest.fixture
def somebody(monkeypatch):
    monkeypatch.setattr("rightskit.cli.controllers._somebody_is_there", lambda: True)


def test_search_forgives_typing_errors(cli):
    assert cli("controllers", "search", "schuffa").output.splitlines()[1].split()[:4] == [
        "schufa",
        "SCHUFA",
        "Holding",
        "AG",
    ]
    found = json.loads(cli("controllers", "search", "societe generale", "--limit", 1, "--json").output)
    assert (found["id"], found["country"]) == ("societe-generale", "FR")
    assert "No controller fits" in cli("controllers", "search", "zzzzzzzz", code=4).output


def test_show_says_which_source_each_field_came_from(cli, registry):
    cli("controllers", "import", registry(klee=record("klee", comments=["Nur mit Brief."]), mohn=record("mohn")))
    cli("controllers", "show", "klee")
    from pathlib import Path

    Path("campaign.yaml").write_text("", encoding="utf-8")
    Path("controllers.yaml").write_text("controllers:\n  - {id: klee, email: neu@klee.example}\n", encoding="utf-8")
    lines = cli("controllers", "show", "klee", "-C", ".").output.splitlines()
    assert "email        campaign  neu@klee.example" in lines
    assert "name         import    Klee Genossenschaft" in lines
    shown = json.loads(cli("controllers", "show", "schufa", "--json").output)
    assert shown["from"]["email"] == "shipped"
    assert shown["checked"] == "2026-11-23"


def test_show_of_a_former_id_leads_on(cli):
    result = cli("controllers", "show", "twitter")
    assert "twitter is now x." in result.output
    assert "did you mean 'schufa'?" in cli("controllers", "show", "schuffa", code=4).output


def test_import_without_a_place_says_where_the_newest_lies(cli):
    assert (
        "https://github.com/datenanfragen/data/archive/refs/heads/master.tar.gz" in cli("controllers", "import").output
    )
    assert not layers.folder().exists()


def test_import_then_find_then_give_back(cli, registry, tmp_path):
    place = registry(klee=record("klee"), mohn=record("mohn"))
    said = cli("controllers", "import", place).output
    assert said == "2 controllers, 0 authorities, 0 former records, 0 packs: taken over.\n"
    assert "Mohn Genossenschaft" in cli("controllers", "search", "mohn").output
    cli("controllers", "export", "--format", "datenanfragen", "-o", tmp_path / "out")
    for name in ("klee", "mohn"):
        back = tmp_path / "out" / "companies" / f"{name}.json"
        assert back.read_bytes() == (place / "companies" / f"{name}.json").read_bytes()
    assert (
        "not an empty folder" in cli("controllers", "export", "--format", "datenanfragen", "-o", place, code=5).output
    )
    assert cli("controllers", "import", place).output == "Nothing changed.\n"


def test_export_before_any_import(cli, tmp_path):
    assert (
        "Nothing was imported" in cli("controllers", "export", "--format", "datenanfragen", "-o", "out", code=4).output
    )
    assert not (tmp_path / "out").exists()
    cli("controllers", "export", "--format", "csv", "-o", "out", code=2)


def test_a_second_import_asks_first(cli, registry, somebody):
    cli("controllers", "import", registry(klee=record("klee"), mohn=record("mohn")))
    newer = registry("newer", klee=record("klee", fax="+49 611 12"), heide=record("heide"))
    said = cli("controllers", "import", newer, answers="n\n", code=5).output
    assert "+ company heide\n~ company klee\n" in said
    assert '    fax: – → "+49 611 12"\n- company mohn\n1 added, 1 changed, 1 gone.' in said
    cli("controllers", "search", "heide eg", code=4)
    cli("controllers", "import", newer, answers="y\n")
    assert "heide" in cli("controllers", "search", "heide").output
    cli("controllers", "show", "mohn", code=4)


def test_nobody_there_needs_yes(cli, registry):
    cli("controllers", "import", registry(klee=record("klee")))
    newer = registry("newer", klee=record("klee", fax="+49 611 12"))
    assert "Say it with --yes" in cli("controllers", "import", newer, code=5).output
    cli("controllers", "import", newer, "--yes")
    assert "+49 611 12" in cli("controllers", "show", "klee").output


def test_a_mass_change_needs_yes_even_from_a_person(cli, registry, somebody):
    cli("controllers", "import", registry(**{slug: record(slug) for slug in LONG}))
    fewer = registry("fewer", c0=record("c0"))
    assert "29 of 30 records would be gone" in cli("controllers", "import", fewer, answers="y\n", code=5).output
    assert len(list(layers.known().registry.controllers)) > 500
    assert "c29" in layers.known().registry.controllers
    cli("controllers", "import", fewer, "--yes")
    assert "c29" not in layers.known().registry.controllers


def test_damaged_records_are_named_and_set_aside_but_given_back(cli, registry, tmp_path):
    said = cli("controllers", "import", registry(klee=record("klee"), bad="{", huge=" " * 5_000_000)).output
    assert "set aside: companies/bad.json:1: is not JSON" in said
    assert "set aside: companies/huge.json: has 5,000,000 bytes" in said
    assert "1 controllers" in said
    cli("controllers", "export", "--format", "datenanfragen", "-o", "out")
    assert (tmp_path / "out" / "companies" / "bad.json").read_text(encoding="utf-8") == "{"
    assert "No record of a company can be read" in cli("controllers", "import", registry("b", bad="{"), code=3).output


def test_a_hostile_archive_changes_nothing(cli, registry, tmp_path):
    cli("controllers", "import", registry(klee=record("klee")))
    before = {path: path.read_bytes() for path in layers.folder().iterdir()}
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as archive:
        for name in ("data/companies/mohn.json", "../../evil.json"):
            info = tarfile.TarInfo(name)
            info.size = 2
            archive.addfile(info, io.BytesIO(b"{}"))
    assert "leads outside" in cli("controllers", "import", "evil.tar.gz", code=3).output
    assert {path: path.read_bytes() for path in layers.folder().iterdir()} == before
    assert not list(tmp_path.parent.rglob("evil.json"))


def test_import_over_http_from_this_machine(cli, registry, tmp_path):
    place = registry(klee=record("klee"))
    with tarfile.open(tmp_path / "master.tar.gz", "w:gz") as archive:
        archive.add(place, "data-master")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cli("controllers", "import", f"http://127.0.0.1:{server.server_port}/master.tar.gz")
        assert "404" in cli("controllers", "import", f"http://127.0.0.1:{server.server_port}/no", code=6).output
        server.shutdown()
    assert "klee" in cli("controllers", "search", "klee gen").output
    assert "not an https address" in cli("controllers", "import", "http://example.org/a.zip", code=2).output


BAD = "controllers:\n  - id: klee\n    name: Klee\n    country: DE\n    email: klee(at)klee.example\n"
OLD = "controllers:\n  - {id: klee, name: Klee, country: DE, email: a@klee.example, checked: 2020-01-01}\n"


def test_check_shows_errors_with_their_place_and_ends_with_three(cli, tmp_path):
    (tmp_path / "own.yaml").write_text(BAD, encoding="utf-8")
    said = cli("controllers", "check", "own.yaml", code=3).output
    assert "error: own.yaml:5 [email]: klee: 'klee(at)klee.example' is no mail address (email-form) — write" in said
    assert "errors, " in said
    lines = cli("controllers", "check", "own.yaml", "--json", code=3).output.splitlines()
    found = next(item for item in map(json.loads, lines) if item["rule"] == "email-form")
    assert (found["file"], found["line"], found["field"]) == ("own.yaml", 5, "email")
    assert found["severity"] == "error"
    assert found["reason"]
    assert found["suggestion"]


def test_check_shows_warnings_and_ends_with_zero(cli, tmp_path, monkeypatch):
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-12-01")
    (tmp_path / "own.yaml").write_text(OLD, encoding="utf-8")
    said = cli("controllers", "check", "own.yaml").output
    assert "warning: own.yaml:2 [checked]: klee: last checked on 2020-01-01 (checked-recently)" in said
    assert "0 errors, 2 warnings." in said, "its authority is missing too"


def test_check_of_a_correction_looks_at_it_over_the_other_layers(cli, tmp_path, registry):
    cli("controllers", "import", registry(klee=record("klee")))
    (tmp_path / "own.yaml").write_text(
        "controllers:\n  - {id: klee, fax: '0611 1'}\n  - {id: schufa, fax: +49 611 12}\n", encoding="utf-8"
    )
    said = cli("controllers", "check", "own.yaml", code=3).output
    assert "own.yaml:2 [fax]: klee: '0611 1' is not in international form" in said
    assert "1 errors, 0 warnings." in said


def test_check_of_a_file_that_cannot_be_read(cli, tmp_path):
    (tmp_path / "own.yaml").write_text("controllers:\n  - id: klee\n    emial: x\n", encoding="utf-8")
    lines = cli("controllers", "check", "own.yaml", "--json", code=3).output.splitlines()
    assert {json.loads(line)["rule"] for line in lines} == {"readable"}
    assert any("did you mean 'email'" in json.loads(line)["suggestion"] for line in lines)
    cli("controllers", "check", "missing.yaml", code=4)


def test_check_without_files_takes_the_shipped_and_the_own(cli, tmp_path, monkeypatch):
    monkeypatch.setenv("RIGHTSKIT_TODAY", "2026-12-01")
    assert "0 errors" in cli("controllers", "check").output
    shipped = paths.shipped("controllers.yaml")
    assert "0 errors" in cli("controllers", "check", shipped).output
    (tmp_path / "campaign.yaml").write_text("", encoding="utf-8")
    (tmp_path / "controllers.yaml").write_text(BAD, encoding="utf-8")
    assert "(email-form)" in cli("controllers", "check", code=3).output


def test_check_of_the_open_registry_and_of_one_of_its_records(cli, registry, tmp_path):
    place = registry(klee=record("klee", fax="0611"), mohn=record("mohn", phone="0611"))
    said = cli("controllers", "check", place, code=3).output
    assert "companies/klee.json:13 [fax]" in said
    assert "companies/mohn.json:13 [phone]" in said
    alone = cli("controllers", "check", place / "companies" / "klee.json", code=3).output
    assert "companies/klee.json:13 [fax]" in alone
    assert "mohn" not in alone
    (tmp_path / "klee.json").write_text(record("klee"), encoding="utf-8")
    assert cli("controllers", "check", "klee.json").output == "Nothing to mend.\n"
