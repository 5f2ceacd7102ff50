"""``pool release`` with 200 invented members who carry markers: what leaves the house, and who attacks it."""

import csv
import datetime as dt
import hashlib
import io
import itertools
import json
import re
from collections import Counter

import pytest
from frictionless import Package, system
from probe_texts import CROWD
from sqlalchemy import select

from rightskit.disclosures.model import Disclosure
from rightskit.vault import disclosures, ledger, requests

CAMPAIGN = f"""\
{CROWD}consent:
  version: "1"
  scopes: [statistics, research]
  text: Ich bin einverstanden.
recipes: [probe-file]
threshold: 10
"""
RECIPE = """\
id: probe-file
title: The file of a shop
right: access
files:
  - format: json
    require: [score]
    rows:
      - once: true
        variables:
          - {id: score, from: score, title: Score, unit: points, provenance: inferred, bands: [30, 60]}
          - {id: colour, from: colour, title: Colour, provenance: observed, type: choice, values: {R: red, G: green, V: violet}}
          - {id: since, from: since, title: Customer since, provenance: observed, type: date, date: iso, coarsen: year}
          - {id: meter, from: meter, title: Meter, provenance: provided, type: hashed}
"""
HEAD = (
    "member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,"
    "consent_version,consent_scope"
)
SIZE = 200
ON = "2026-03-20"


def marker(number: int) -> str:
    return f"Zqx{number:03}ysw"


def row(number: int) -> str:
    """A member; the last two are one person who entered twice, and 195 did not agree."""
    who = SIZE - 2 if number == SIZE - 1 else number
    born = dt.date(1950, 1, 1) + dt.timedelta(days=97 * who)
    street = f"{marker(number)}weg 3"
    agreed = ("1,statistics research" if number % 2 else "1,statistics") if number != 195 else ","
    return (
        f"M{number:08},{marker(who)},Beispiel,{street},28195,Bremen,DE,{marker(number)}@post.example,{born},"
        f"2026-02-20,2026-02-20,{agreed}"
    )


def document(number: int) -> bytes:
    """What the shop returns: violet is rare, and two members have one meter."""
    colour = "V" if number < 4 else "R" if number % 2 else "G"
    return json.dumps(
        {
            "holder": f"{marker(number)} Beispiel",
            "born": "1988-04-09",
            "score": 10 + number % 80,
            "colour": colour,
            "since": f"{2015 + number % 5}-02-17",
            "meter": f"{marker(number // 2 if number < 2 else number)}-meter",
        }
    ).encode()


def returned(campaign, numbers) -> None:
    """The shop's files are there, and read."""
    with campaign.vault().write() as connection:
        for number in numbers:
            (one,) = requests.of_member(connection, f"M{number:08}")
            content = document(number)
            key = hashlib.sha256(content).hexdigest()
            kept = Disclosure(key, one.reference, one.member, "suedstern", "file.json", "application/json", content)
            disclosures.add(connection, kept)
    campaign("data", "extract")


def _gather(campaign) -> None:
    (campaign.folder / "recipes").mkdir()
    (campaign.folder / "recipes" / "probe-file.yaml").write_text(RECIPE, encoding="utf-8")
    campaign.crowd(CAMPAIGN, [HEAD, *(row(number) for number in range(SIZE))], "--distinct", f"{SIZE + 1}")
    returned(campaign, range(120))


@pytest.fixture
def gathered(at):
    """120 of 200 have their data, which was read."""
    return at("gathered", "founded", _gather).on(ON)


def tables(folder) -> dict[str, list[list[str]]]:
    """Variable and kind → the rows of the CSV."""
    found = {}
    for path in sorted((folder / "tables").glob("*.csv")):
        found[path.stem.partition("-")[2]] = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    return found


def counts(folder, name: str) -> dict[str, int | None]:
    return {line[0]: None if line[1] == "c" else int(line[1]) for line in tables(folder)[name][1:]}


def test_a_release_is_tables_with_a_manifest_and_sums(gathered) -> None:
    said = gathered("pool", "release")
    folder = gathered.folder / "releases" / "R1"
    assert said.output.splitlines()[-1] == f"R1: 6 tables in {folder}; 2 cells are hidden."
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["release"], manifest["threshold"], manifest["members"]) == ("R1", 10, 119)  # 0 and 1: one meter
    listed = {name: digest for table in manifest["tables"] for name, digest in table["files"].items()}
    assert listed == {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "tables").iterdir()
    }
    assert len((folder / "SHA256SUMS").read_text("utf-8").splitlines()) == len(listed) + 2
    described = (folder / "datapackage.json").read_bytes()
    assert manifest["files"] == {"datapackage.json": hashlib.sha256(described).hexdigest()}
    assert counts(folder, "colour-distribution") == {"red": None, "green": 58, "violet": None, "members": 119}
    assert "M00000000 M00000001" in said.stderr
    (line,) = gathered.json("pool", "ledger")
    assert line["sha256"] == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    assert (line["name"], line["members"], line["forgotten"]) == ("R1", 119, 0)
    gathered("pool", "release", folder, code=5)


def valid(folder) -> dict[str, dict]:
    """Path → schema, of a data package that frictionless has nothing to say against."""
    with system.use_context(trusted=True):
        report = Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "note"])
    told = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    return {one["path"]: one["schema"] for one in told}


def test_a_release_says_what_each_column_of_each_csv_is(gathered) -> None:
    gathered("pool", "release")
    folder = gathered.folder / "releases" / "R1"
    told = valid(folder)
    assert set(told) == {str(path.relative_to(folder)) for path in folder.rglob("*.csv")}
    for path, schema in told.items():
        head = (folder / path).read_text("utf-8").splitlines()[0]
        assert [field["name"] for field in schema["fields"]] == next(csv.reader([head]))
        assert schema["missingValues"] == ["c", ""]
        assert all(field["description"] for field in schema["fields"])
    [colours] = [schema["fields"] for path, schema in told.items() if "colour-distribution" in path]
    assert colours[0]["constraints"] == {"enum": ["red", "green", "violet", "members"]}
    assert (colours[1]["type"], colours[1]["unit"]) == ("number", "people")


def test_no_marker_and_no_member_leaves_the_house(gathered) -> None:
    told = [
        gathered("pool", "show"),
        gathered("pool", "release"),
        gathered("report"),
        gathered("pool", "release", ".", code=5),
    ]
    returned(gathered, range(120, 200))
    told += [gathered("pool", "release"), gathered("pool", "ledger"), gathered("pool", "release")]
    pages = [(gathered.folder / "report.html").read_text(encoding="utf-8")]
    pages += [path.read_text(encoding="utf-8") for path in (gathered.folder / "releases").rglob("*") if path.is_file()]
    assert len(pages) > 15
    said = [result.stdout for result in told]
    references = [line["request"] for line in gathered.json("status")]
    secret = [word for n in range(SIZE) for word in (marker(n), f"M{n:08}", row(n).split(",")[8])]
    everything = "\n".join((*pages, *said))
    assert not [word for word in (*secret, *references, "1988-04-09", "-02-17", "weg 3") if word in everything]
    assert not [n for n in range(SIZE) if marker(n) in "".join(result.stderr for result in told)]


def test_one_more_member_is_refused_and_many_are_not(gathered) -> None:
    gathered("pool", "release")
    returned(gathered, [120])
    said = gathered("pool", "release", code=5).output
    assert "No table may leave the house" in said
    assert not (gathered.folder / "releases" / "R2").exists()
    assert len(gathered.json("pool", "ledger")) == 1
    returned(gathered, range(121, 180))
    gathered("pool", "release")
    assert len(gathered.json("pool", "ledger")) == 2


def test_an_attacker_with_two_releases_learns_nothing_of_a_few(gathered) -> None:
    """Totals, singling out, and subtraction of one release from the other, cell by cell and by sums of hidden cells."""
    gathered("pool", "release")
    returned(gathered, range(120, 145))
    gathered("pool", "release")
    first, second = gathered.folder / "releases" / "R1", gathered.folder / "releases" / "R2"
    attacked = 0
    for name in sorted(tables(first).keys() & tables(second).keys()):
        if not name.endswith("distribution"):
            continue
        before, after = counts(first, name), counts(second, name)
        for one in (before, after):
            assert not [number for number in one.values() if number is not None and 0 < number < 10]
            hidden = [label for label, number in one.items() if number is None and label != "members"]
            if hidden and one["members"] is not None:
                left = one["members"] - sum(number or 0 for label, number in one.items() if label != "members")
                ways = [w for w in itertools.product(range(left + 1), repeat=min(len(hidden), 3)) if sum(w) == left]
                assert all(len({way[place] for way in ways}) > 10 for place in range(min(len(hidden), 3)))
        if _veiled(before) == _veiled(after):
            attacked += 1
            assert not 0 < abs(_rest(after) - _rest(before)) < 10
        for label in before.keys() & after.keys():
            if before[label] is not None and after[label] is not None:
                attacked += 1
                assert not 0 < abs(after[label] - before[label]) < 10
    assert attacked > 3


def _veiled(one: dict[str, int | None]) -> set[str]:
    return {label for label, number in one.items() if number is None}


def _rest(one: dict[str, int | None]) -> int:
    """What the hidden cells count together."""
    shown = sum(number or 0 for label, number in one.items() if label != "members")
    return (one["members"] or shown) - shown


def test_withdrawn_consent_leaves_the_next_release_and_names_the_earlier_ones(gathered) -> None:
    gathered("pool", "release")
    said = gathered("members", "withdraw", "M00000050", "--consent")
    assert "(tables) counts them, and stays as it is." in said.stderr
    assert "R1 of" not in gathered("members", "withdraw", "M00000150", "--consent").stderr
    assert "No table may leave the house" in gathered("pool", "release", code=5).output
    for number in range(51, 65):
        gathered("members", "withdraw", f"M{number:08}", "--consent")
    folder = gathered.folder / "mine"
    gathered("pool", "release", folder)
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["members"] == 119 - 15


def test_forgetting_changes_no_earlier_file_and_the_ledger_says_so(gathered) -> None:
    gathered("pool", "release")
    folder = gathered.folder / "releases" / "R1"
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with gathered.vault().read() as connection:
        table = ledger.release_members
        number = connection.execute(select(table.c.number).where(table.c.member == "M00000060")).scalar_one()
    gathered("members", "forget", "M00000060", "--yes")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    (line,) = gathered.json("pool", "ledger")
    assert (line["members"], line["forgotten"]) == (119, 1)
    with gathered.vault().read() as connection:
        (earlier,) = ledger.earlier(connection)
        left = b"".join(held.members for held in earlier.held.values())
    assert number.to_bytes(8, "little") not in left
    assert max(held.gone for held in earlier.held.values()) == 1
    assert "No table may leave the house" in gathered("pool", "release", code=5).output  # one less is still one less


def test_one_person_under_two_entries_counts_once(gathered) -> None:
    returned(gathered, range(120, 200))
    said = gathered("pool", "release")
    manifest = json.loads((gathered.folder / "releases" / "R1" / "manifest.json").read_text("utf-8"))
    assert manifest["members"] == 200 - 1 - 1 - 1  # a shared meter, one who did not agree, one who entered twice
    assert "M00000198 M00000199" in said.stderr


def test_nothing_is_released_without_consent_or_members(gathered, at) -> None:
    path = gathered.folder / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace('version: "1"', 'version: "2"'), encoding="utf-8")
    assert "0 members agreed and have data" in gathered("pool", "release", code=5).output
    text = CAMPAIGN[: CAMPAIGN.index("consent:")] + CAMPAIGN[CAMPAIGN.index("recipes:") :]
    path.write_text(text, encoding="utf-8")
    assert "no consent to pooling" in gathered("pool", "release", code=5).output


def test_a_release_holds_what_was_agreed_by_its_day(gathered) -> None:
    """All of them were imported, and so agreed, on 2 March."""
    assert "0 members agreed and have data" in gathered.on("2026-03-01")("pool", "release", code=5).output
    gathered.on("2026-03-02")("pool", "release")


def test_bands_that_change_leave_their_table_out(gathered) -> None:
    gathered("pool", "release")
    path = gathered.folder / "recipes" / "probe-file.yaml"
    path.write_text(path.read_text("utf-8").replace("bands: [30, 60]", "bands: [30, 61]"), encoding="utf-8")
    said = gathered("pool", "release").stderr
    assert "Score: left out, because its values are divided otherwise than in R1" in said


def test_a_release_that_fails_leaves_no_folder(gathered, monkeypatch) -> None:
    def broken(*_words, **_more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "add", broken)
        gathered("pool", "release", code=6)
    assert list((gathered.folder / "releases").iterdir()) == []
    assert gathered.json("pool", "ledger") == []


def _copied(folder) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "rows.csv").read_text(encoding="utf-8"))))


def test_a_research_copy_holds_who_agreed_to_it_and_nobody_to_be_singled_out(gathered) -> None:
    said = gathered("pool", "release", "--research")
    folder = gathered.folder / "releases" / "R1"
    rows, manifest = _copied(folder), json.loads((folder / "manifest.json").read_text("utf-8"))
    assert len(rows) == 60  # every second one of 120
    assert list(rows[0]) == ["row", "since", "score", "colour"]
    assert {row["score"] for row in rows} == {"under 30", "30 to under 60", "60 and more"}
    alike = Counter(row["since"] for row in rows)
    assert min(alike.values()) >= 10
    assert (manifest["k"], manifest["l"]) == (min(alike.values()), 1)
    assert f"k = {manifest['k']}: " in said.output
    assert "l = 1: " in said.output
    fields = {field["name"]: field for field in valid(folder)["rows.csv"]["fields"]}
    assert list(fields) == list(rows[0])
    assert fields["score"]["constraints"] == {"enum": ["under 30", "30 to under 60", "60 and more"]}
    assert all(field["description"] for field in fields.values())
    whole = "".join(path.read_text("utf-8") for path in folder.iterdir()) + said.output
    assert not [n for n in range(SIZE) if marker(n) in whole or f"M{n:08}" in whole]
    assert {line["kind"] for line in gathered.json("pool", "ledger")} == {"research"}
    assert "(research) counts them" in gathered("members", "withdraw", "M00000011", "--consent").stderr
    assert "(research)" not in gathered("members", "withdraw", "M00000012", "--consent").stderr


def test_two_research_copies_share_no_row_id_and_differ_in_nobody_alone(gathered) -> None:
    gathered("pool", "release", "--research")
    gathered("pool", "release", "--research")
    ids = [{row["row"] for row in _copied(gathered.folder / "releases" / name)} for name in ("R1", "R2")]
    assert not ids[0] & ids[1]
    returned(gathered, [121])
    said = gathered("pool", "release", "--research", code=5).output
    assert "fewer than 10 rows differ from those of R1" in said


def test_rows_that_few_equal_lose_what_is_known(gathered) -> None:
    path = gathered.folder / "campaign.yaml"
    path.write_text(CAMPAIGN + "research: {known: [since, score, colour], k: 8}\n", encoding="utf-8")
    gathered("pool", "release", "--research")
    rows = _copied(gathered.folder / "releases" / "R1")
    alike = Counter((row["since"], row["score"], row["colour"]) for row in rows)
    assert min(alike.values()) >= 8
    assert alike["*", "*", "*"] >= 8
    path.write_text(CAMPAIGN + "research: {k: 100}\n", encoding="utf-8")
    assert "60 people agreed to research" in gathered("pool", "release", "--research", code=5).output
    path.write_text(CAMPAIGN + "research: {known: [sinse]}\n", encoding="utf-8")
    assert "did you mean" in gathered("pool", "release", "--research", code=4).output


def test_a_campaign_says_which_tables_it_wants(gathered) -> None:
    path = gathered.folder / "campaign.yaml"
    wanted = "tables:\n  - {variable: score, bands: [50]}\n  - cross: [colour, score]\n"
    path.write_text(CAMPAIGN + wanted, encoding="utf-8")
    gathered("pool", "release")
    found = tables(gathered.folder / "releases" / "R1")
    assert [line[0] for line in found["score-distribution"][1:]] == ["under 50", "50 and more", "members"]
    crossed = found["colour-by-score-cross"]
    assert crossed[0] == ["Colour", "under 50", "50 and more", "members"]
    assert crossed[-1][0] == "members"
    assert crossed[-1][-1] == "119"
    path.write_text(CAMPAIGN + "tables:\n  - cross: [colour, skore]\n", encoding="utf-8")
    assert (
        "[cross]: no recipe or question has 'skore' — did you mean 'score'?"
        in gathered("pool", "release", code=3).output
    )
    path.write_text(CAMPAIGN + "tables:\n  - cross: [score, score]\n", encoding="utf-8")
    assert "two different variables" in gathered("pool", "release", code=3).output


def test_a_report_each_week_shows_the_tables_that_were_published_last(gathered) -> None:
    """Three more members: their values could be told. The page says of which day its tables are."""
    gathered("report")
    first = (gathered.folder / "report.html").read_text("utf-8")
    assert "as of" not in first
    returned(gathered, range(120, 123))
    for day in ("2026-03-27", "2026-04-03"):
        gathered.on(day)("report")
        later = (gathered.folder / "report.html").read_text("utf-8")
        assert later.count("as of 20 March 2026") == 6
        assert _cards(later) == _cards(first)
    returned(gathered.on("2026-04-10"), range(123, 180))
    gathered("report")
    assert "as of" not in (gathered.folder / "report.html").read_text("utf-8")


def test_the_ledger_keeps_who_stands_behind_a_cell_once(gathered) -> None:
    """A second report of the same pool names its members, and no cells; one that joined is still told from it."""
    gathered("report")
    gathered("report")
    with gathered.vault().read() as connection:
        first, second = ledger.earlier(connection)
    assert len(first.held) > 10
    assert (second.held, second.edges) == ({}, {})
    assert [line["members"] for line in gathered.json("pool", "ledger")] == [119, 119]
    returned(gathered, [120])
    assert "No table may leave the house" in gathered("pool", "release", code=5).output


def test_a_table_that_counts_who_withdrew_is_not_shown_again(gathered) -> None:
    gathered("report")
    gathered("members", "withdraw", "M00000050", "--consent")
    gathered.on("2026-03-27")("report")
    assert "as of" not in (gathered.folder / "report.html").read_text("utf-8")


def _cards(page: str) -> list[str]:
    """The figures of the pool's tables."""
    return re.findall(r'<td role="cell" class="number"[^>]*>\s*([\d,.]+)', page[page.index('id="pool"') :])
