"""What a recipe can say: forms of files, names in several languages, which rows, sums, keyed and coarsened values."""

import json

import pytest
from workbook import workbook

from rightskit.disclosures import recipe
from rightskit.disclosures.extract import Extraction, extract
from rightskit.disclosures.keys import Keys
from rightskit.errors import FaultsError

KEYS = Keys("sun", b"secret")


def read(returned, text: str, content: bytes | str, keys: Keys = KEYS) -> Extraction:
    raw = content.encode() if isinstance(content, str) else content
    return extract(returned(raw), [recipe.parse(text, "r.yaml")], keys)


def values(found: Extraction) -> list[tuple[str, float | str, int]]:
    assert (found.outcome, found.reason) == ("read", "")
    return [(one.variable, one.value, one.row) for one in found.observations]


SHIFTS = """\
id: shifts
title: Shifts
files:
  - format: json
    require: ['[].pay | [].lohn']
    rows:
      - each: '[]'
        where: {state: [done, erledigt]}
        dropped: [customer]
        count: {id: shift-count, title: Shifts}
        totals:
          - {id: pay-total, from: pay | lohn, title: Pay, unit: EUR}
          - {id: mean-hours, from: hours / 60, mean: true, title: Hours, unit: h}
          - {id: hourly-pay, divide: [pay | lohn, hours], title: Pay per hour, unit: EUR/h, provenance: derived}
        variables:
          - {id: shift-pay, from: pay | lohn, title: Pay of a shift, unit: EUR, range: [0, 999], coarsen: 5}
"""
ROWS = [
    {"pay": 30, "hours": 2, "state": "done", "customer": "Zyxwvu"},
    {"pay": 12.5, "hours": 0.5, "state": "done", "customer": "Zyxwvu"},
    {"pay": 99, "hours": 1, "state": "cancelled", "customer": "Zyxwvu"},
]
READ = [
    ("shift-count", 2.0, 0),
    ("pay-total", 42.5, 0),
    ("mean-hours", 1.25 / 60, 0),
    ("hourly-pay", 17.0, 0),
    ("shift-pay", 30.0, 1),
    ("shift-pay", 10.0, 2),
]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(ROWS),
        "\ufeff" + json.dumps(ROWS, indent=1),
        f"window.YTD.shifts.part0 = {json.dumps(ROWS)};\n",
        "\n".join(map(json.dumps, ROWS)) + "\n",
        json.dumps(ROWS).replace("pay", "lohn").replace("done", "erledigt"),
    ],
    ids=["json", "with a mark", "assigned", "a line each", "in German"],
)
def test_rows_are_chosen_added_up_divided_and_rounded(content: str, returned) -> None:
    assert values(read(returned, SHIFTS, content)) == READ


def test_no_rows_are_no_pay_and_no_rate(returned) -> None:
    found = read(returned, SHIFTS, '{"shifts": []}'.replace('{"shifts": ', "").replace("}", ""))
    assert found.outcome == "no-recipe"  # alone, an empty list could be anyone's
    none = json.dumps([{**ROWS[2], "hours": 0}])
    assert values(read(returned, SHIFTS, none)) == [("shift-count", 0.0, 0), ("pay-total", 0.0, 0)]


def test_a_key_that_is_neither_taken_nor_dropped_is_drift(returned) -> None:
    found = read(returned, SHIFTS, json.dumps([{**ROWS[0], "tip": 3}]))
    assert (found.outcome, found.observations) == ("drift", ())
    assert "tip" not in found.reason


def test_a_value_that_is_none_is_drift(returned) -> None:
    for changed in ({"pay": "thirty"}, {"hours": None}, {"pay": [30]}):
        assert read(returned, SHIFTS, json.dumps([{**ROWS[0], **changed}])).outcome == "drift", changed


METER = """\
id: meter
title: A meter
files:
  - format: csv
    require: [Date | Datum, kWh]
    rows:
      - per: {id: month, from: Date | Datum, title: Month, type: date, date: [iso, '%d.%m.%Y'], coarsen: month}
        totals: [{id: energy, from: kWh, title: Energy, unit: kWh, decimal: comma, optional: true, empty: ['-']}]
        count: {id: readings, title: Readings}
      - least: 1
        variables:
          - {id: meter, from: Meter | Zähler, title: Meter, type: hashed}
          - {id: area, from: Zip, title: Area, type: text, pattern: '[0-9]{5}', coarsen: 2, optional: true}
"""
GROUPS = [("month", "2025-01", 1), ("readings", 2.0, 1), ("energy", 3.5, 1), ("month", "2025-02", 2)]


def test_sums_for_each_month_below_a_preamble_as_wide_as_the_table(returned) -> None:
    table = (
        "Exported;for;nobody;else\nDate;kWh;Meter;Zip\n"
        "2025-01-31T22:00:00+01:00;1,5;A 1;28195\n2025-01-30;2;A 1;28195\n2025-02-01;-;a1;\n"
    )
    found = read(returned, METER, table)
    assert values(found)[:4] == GROUPS
    assert [one.value for one in found.observations if one.variable == "area"] == ["28", "28"]
    keys = {one.value for one in found.observations if one.variable == "meter"}
    assert len(keys) == 1
    assert len(str(keys.copy().pop())) == 32
    again = read(returned, METER, table.replace("Date", "Datum").replace("Meter", "Zähler"))
    assert {one.value for one in again.observations if one.variable == "meter"} == keys


def test_a_shared_number_is_keyed_by_the_campaign_alone(returned) -> None:
    """Read in the vault, or sealed at its owner's and taken over: the same; for another vault or campaign, another."""
    table = "Date;kWh;Meter;Zip\n2025-01-30;2;A1;28195\n"

    def meter(keys: Keys) -> str:
        (found,) = [one.value for one in read(returned, METER, table, keys).observations if one.variable == "meter"]
        return str(found)

    here, owner = Keys("sun", b"one"), Keys("sun")
    others = [meter(keys) for keys in (here, Keys("sun", b"two"), Keys("moon", b"one"), owner, Keys("moon"))]
    assert len(set(others)) == 5
    assert here.taken_over("meter", meter(owner)) == meter(here)
    assert here.taken_over("meter", meter(Keys("moon"))) is None
    assert meter(Keys()) == "withheld"
    assert here.taken_over("meter", "withheld") == "withheld"
    assert not any("A1" in each for each in others)
    assert not recipe.parse(METER, "r.yaml").variables[3].table


def test_a_sheet_and_a_page_are_tables_too(returned) -> None:
    rows = [["Relevé", ""], ["Date", "kWh", "Meter"], ["2025-01-31", 1.5, "A1"], ["2025-01-30", 2, "A1"]]
    text = METER.replace("decimal: comma, ", "")
    book = workbook({"Infos": [["Nom", "Zyxwvu"]], "Mesures": rows})
    assert values(read(returned, text.replace("format: csv", "format: xlsx"), book))[:3] == GROUPS[:3]
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    page = f"<!doctype html><table><tr><td>Nom<td>Zyxwvu</table><table>{cells}</table>"
    assert values(read(returned, text.replace("format: csv", "format: html"), page))[:3] == GROUPS[:3]


def test_xml_is_read_by_paths(returned) -> None:
    text = """\
id: feed
title: Feed
files:
  - format: xml
    require: ['feed[].entry[].value[]']
    rows:
      - each: feed[].entry[]
        variables: [{id: energy, from: 'value[]', title: Energy, unit: Wh}]
"""
    document = '<?xml version="1.0"?><feed><entry><value>5</value></entry><entry><value>7</value></entry></feed>'
    assert values(read(returned, text, document)) == [("energy", 5.0, 1), ("energy", 7.0, 2)]
    assert read(returned, text, document.replace("7", "x")).outcome == "drift"


SHARED = """\
id: shared
title: An account of a family
files:
  - format: csv
    require: [Profile, Duration]
    rows:
      - alone: Profile
        totals: [{id: hours, from: Duration, title: Hours, unit: h, duration: true}]
      - count: {id: plays, title: Plays of the account}
"""


def test_rows_of_several_people_are_nobodys(returned) -> None:
    assert values(read(returned, SHARED, "Profile,Duration\nA,1:30:00\nA,0:30\n")) == [
        ("hours", 2.0, 0),
        ("plays", 2.0, 0),
    ]
    assert values(read(returned, SHARED, "Profile,Duration\nA,1:30:00\nB,0:30\n")) == [("plays", 2.0, 0)]


DATES = "id: d\ntitle: D\nfiles: [{format: csv, require: [Day], rows: [{variables: [{id: v, from: Day, title: V, type: date, %s}]}]}]"


@pytest.mark.parametrize(
    ("keys", "printed", "kept"),
    [
        ("date: ['%d/%m/%y', '%m/%d/%y'], coarsen: year", "3/4/24", "2024"),
        ("date: ['%d/%m/%y', '%m/%d/%y'], coarsen: month", "13/4/24", "2024-04"),
        ("date: unix, coarsen: month", "1700000000", "2023-11"),
        ("date: unix-ms, coarsen: month", "1700000000000", "2023-11"),
        ("date: iso, coarsen: year", "2024-02-29T23:59:59.123Z", "2024"),
        ("date: unix, coarsen: year", "99999999999999999999", None),
    ],
)
def test_dates_in_several_forms_must_agree(keys: str, printed: str, kept: str | None, returned) -> None:
    found = read(returned, DATES % keys, f"Day,x\n{printed},1\n")
    assert ([one.value for one in found.observations], found.outcome) == (([kept], "read") if kept else ([], "drift"))


GENERAL = """\
id: letter
title: Any letter
general: true
files:
  - format: text
    require: ['(?i)purposes?']
    rows:
      - mentions:
          - {id: purposes, title: Says why, any: ['(?i)for the\\s+purposes? of']}
          - {id: storage, title: Says how long, any: ['(?i)we (keep|store) .{1,60}(years|months)'], inapplicable: ['(?i)we store nothing']}
"""


def test_what_a_letter_answers_over_ends_of_lines(returned) -> None:
    found = read(returned, GENERAL, "Dear Sir,\nwe hold it for the\npurposes of billing.\n")
    assert values(found) == [("purposes", "yes", 0), ("storage", "no", 0)]
    assert [(one.confidence, one.place) for one in found.observations] == [(0.7, "line 2"), (0.7, "document")]
    nothing = read(returned, GENERAL, "purposes?\nAs we store nothing, we keep it for no years.\n")
    assert values(nothing) == [("purposes", "no", 0), ("storage", "not-applicable", 0)]


def test_a_general_recipe_gives_way_to_one_that_fits_or_nearly_fits(returned) -> None:
    special = GENERAL.replace("id: letter", "id: special").replace("general: true\n", "")
    both = [recipe.parse(GENERAL, "g.yaml"), recipe.parse(special, "s.yaml")]
    letter = returned(b"for the purposes of billing")
    assert extract(letter, both).recipe == "special@1"
    near = recipe.parse(special.replace("require: [", "require: ['^no such line$', "), "s.yaml")
    assert extract(letter, [both[0], near]).outcome == "drift"
    assert extract(letter, both[:1]).recipe == "letter@1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("divide: [pay | lohn, hours]", "divide: [hours]", "divide is not two things"),
        ("divide: [pay | lohn, hours]", "from: hours, divide: [hours, pay]", "divide is not two things"),
        ("dropped: [customer]", "dropped: [hours]", "hours is taken and dropped"),
        ("coarsen: 5", "coarsen: some", "coarsen is 'some'"),
        ("title: Pay, unit: EUR", "title: Pay, type: text, pattern: '.*'", "no number"),
        ("dropped: [customer]", "per: {id: a, from: a, title: A}", "per is a date, a choice"),
    ],
)
def test_faults_are_named(old: str, new: str, message: str) -> None:
    assert old in SHIFTS
    with pytest.raises(FaultsError, match=message):
        recipe.parse(SHIFTS.replace(old, new), "r.yaml")


def test_an_answer_needs_expressions() -> None:
    with pytest.raises(FaultsError, match="any is missing"):
        recipe.parse(GENERAL.replace(", any: ['(?i)for the\\s+purposes? of']", ""), "r.yaml")
