"""What a new import would change."""

from rightskit.registry import source_records
from rightskit.registry.changes import compare, implausible, lines
from rightskit.registry.source import read


def records(files, make):
    return source_records.sort(read(make.tar(files)).files)


def test_added_changed_field_by_field_and_gone(sample, make):
    after = {path: text for path, text in sample.items() if path != "companies/distel.json"} | {
        "companies/klee.json": make.record("klee", email="neu@klee.example", fax="+49 1 2"),
        "companies/ginster.json": make.record("ginster"),
        "company-packs/de.json": sample["company-packs/de.json"].replace("klee", "mohn"),
    }
    changes = compare(records(sample, make), records(after, make))
    assert [line for change in changes for line in lines(change)] == [
        "- company distel",
        "+ company ginster",
        "~ company klee",
        '    email: "datenschutz@klee.example" → "neu@klee.example"',
        '    runs: ["Kleeblatt"] → –',
        '    comments: ["Nur mit Brief."] → –',
        '    fax: – → "+49 1 2"',
        "~ pack de/credit",
        '    companies: ["klee"] → ["mohn"]',
    ]


def test_the_same_records_in_other_bytes_are_no_change(sample, make):
    after = sample | {"companies/klee.json": sample["companies/klee.json"].replace("    ", "\t")}
    assert compare(records(sample, make), records(after, make)) == ()


def test_characters_that_would_move_the_cursor_are_shown_as_codes(sample, make):
    after = sample | {"companies/klee.json": make.record("klee", phone="\u202e1\x1b[2J")}
    (change,) = compare(records(sample, make), records(after, make))
    assert '    phone: – → "\\u202e1\\u001b[2J"' in list(lines(change))


def test_a_mass_change_is_implausible(make):
    def many(count, **fields):
        return {f"companies/c{n}.json": make.record(f"c{n}", **fields) for n in range(count)}

    before = records(many(200), make)

    def judged(files):
        return implausible(compare(before, records(files, make)), before)

    assert judged(many(180)) == ""
    assert judged(many(179)) == "21 of 200 records would be gone"
    assert judged(many(200) | many(66, fax="+49 1 2")) == ""
    assert judged(many(200, fax="+49 1 2")) == "200 of 200 records would be changed"
    assert judged(many(900)) == ""
