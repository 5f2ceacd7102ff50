"""``pool release`` with what a campaign wants beside: who stands together, pay against a minimum; and who attacks it."""

import csv
import hashlib
import io
import itertools
import json

import pytest

from rightskit.disclosures.model import Disclosure
from rightskit.vault import disclosures, requests

SIZE = 240
CAMPAIGN = """\
slug: probe
title: Was zahlen sie?
organiser:
  name: Initiative Mitmachen
  email: hallo@mitmachen.example
  address: [Marktplatz 1, 28195 Bremen]
ways: [own-name]
account: campaign
requests:
  - rights: [access]
    controllers: [nordlicht, suedstern]
consent:
  version: "1"
  scopes: [statistics]
  text: Ich bin einverstanden.
recipes: [nordlicht-file, suedstern-file]
threshold: 10
tables:
  - together: source
minimum:
  variable: reward
  amount: 12.82
  unit: EUR/h
  by: [controller, status]
  source: Mindestlohn 2025
"""
RECIPE = """\
id: {id}-file
title: The file of {id}
right: access
controllers: [{id}]
files:
  - format: json
    require: [{id}]
    rows:
      - once: true
        variables:
          - {{id: reward, from: pay, title: Pay an hour, unit: EUR/h, provenance: observed, bands: [5, 10, 20]}}
          - {{id: status, from: status, title: Status, type: choice, values: {{F: free, E: employed}}}}
      - each: sources[]
        least: 0
        variables:
          - {{id: source, from: name, title: Source, type: choice, values: {{A: address-trader, B: bureau, C: collector, D: data-broker, E: network}}}}
"""
HEAD = "member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,consent_version,consent_scope"


def marker(number: int) -> str:
    return f"Zqx{number:03}ysw"


def platform(number: int) -> str:
    return "suedstern" if number % 3 else "nordlicht"


def document(number: int) -> bytes:
    """What a platform returns: two platforms, five sources of which each may have told it something."""
    names = [name for place, name in enumerate("ABCDE") if (number * 7 + number // 9) >> place & 1]
    return json.dumps(
        {
            platform(number): True,
            "holder": marker(number),
            "pay": 9 + number % 11,
            "status": "F" if number % 2 else "E",
            "sources": [{"name": name} for name in names],
        }
    ).encode()


def returned(campaign, numbers) -> None:
    with campaign.vault().write() as connection:
        for number in numbers:
            mine = requests.of_member(connection, f"M{number:08}")
            one = next(request for request in mine if request.controller == platform(number))
            content = document(number)
            key = hashlib.sha256(content).hexdigest()
            kept = Disclosure(key, one.reference, one.member, one.controller, "file.json", "application/json", content)
            disclosures.add(connection, kept)
    campaign("data", "extract")


def _gather(campaign) -> None:
    (campaign.folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (campaign.folder / "recipes").mkdir()
    for name in ("nordlicht", "suedstern"):
        (campaign.folder / "recipes" / f"{name}-file.yaml").write_text(RECIPE.format(id=name), encoding="utf-8")
    rows = [
        f"M{n:08},{marker(n)},Beispiel,{marker(n)}weg 3,28195,Bremen,DE,{marker(n)}@post.example,1970-01-01,2026-02-20,2026-02-20,1,statistics"
        for n in range(SIZE)
    ]
    (campaign.folder / "all.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    campaign("members", "import", campaign.folder / "all.csv", "--distinct", f"{SIZE + 1}")
    campaign("plan")
    returned(campaign, range(160))


@pytest.fixture
def gathered(at):
    """160 of 240 have their data, which was read."""
    return at("gathered-wishes", "founded", _gather).on("2026-03-20")


def table(folder, ending: str) -> list[list[str]]:
    (path,) = (folder / "tables").glob(f"*-{ending}.csv")
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_both_tables_leave_the_house_and_the_report_shows_them(gathered) -> None:
    gathered("pool", "release")
    folder = gathered.folder / "releases" / "R1"
    pay = table(folder, "reward-minimum")
    under = [n for n in range(160) if 9 + n % 11 < 12.82]
    assert pay[0][:6] == ["Pay an hour", "by", "members", "under 12.82", "12.82 to under 15.38", "15.38 and more"]
    assert pay[1][:4] == ["all", "", "160", str(len(under))]
    assert {line[0] for line in pay[2:]} == {"nordlicht", "suedstern", "free", "employed"}
    pairs = table(folder, "source-together")
    assert len(pairs) > 1
    for one, other, both, *_ in pairs[1:]:
        letters = {"address-trader": "A", "bureau": "B", "collector": "C", "data-broker": "D", "network": "E"}
        wanted = [{"name": letters[one]}, {"name": letters[other]}]
        assert int(both) == sum(all(w in json.loads(document(n))["sources"] for w in wanted) for n in range(160))
    gathered("report", "--lang", "fr")
    page = (gathered.folder / "report.html").read_text(encoding="utf-8")
    assert "comparé au minimum de 12,82 (Mindestlohn 2025)" in page
    assert "Source\N{NO-BREAK SPACE}: ce qui apparaît ensemble" in page
    everything = page + "".join(path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())
    assert not [n for n in range(SIZE) if marker(n) in everything or f"M{n:08}" in everything]


def test_an_attacker_with_two_releases_learns_nothing_of_a_few(gathered) -> None:
    """Four more come, then sixty: no shown cell of either table differs by fewer than ten, nor counts fewer."""
    gathered("pool", "release")
    returned(gathered, range(160, 164))
    gathered("pool", "release", code=5)
    returned(gathered, range(164, 230))
    gathered("pool", "release")
    first, second = (gathered.folder / "releases" / name for name in ("R1", "R2"))
    attacked = 0
    for ending, width in (("reward-minimum", 6), ("source-together", 5)):
        before, after = (
            {tuple(row[:2]): row[2:width] for row in table(folder, ending)[1:]} for folder in (first, second)
        )
        for cells in (*before.values(), *after.values()):
            assert not [cell for cell in cells if cell != "c" and 0 < int(cell) < 10]
        for line in before.keys() & after.keys():
            for one, other in zip(before[line], after[line], strict=True):
                if "c" not in {one, other}:
                    attacked += 1
                    assert not 0 < abs(int(other) - int(one)) < 10
    assert attacked > 10


def test_four_cells_of_each_pair_are_large_in_both_releases_and_between_them(gathered) -> None:
    gathered("pool", "release")
    returned(gathered, range(160, 230))
    gathered("pool", "release")
    shown = []
    for name, whole in (("R1", 160), ("R2", 230)):
        rows = table(gathered.folder / "releases" / name, "source-together")[1:]
        shown.append({(a, b): four(int(both), int(x), int(y), whole) for a, b, both, x, y, _ in rows})
        assert all(min(cells) >= 10 for cells in shown[-1].values())
    for pair in shown[0].keys() & shown[1].keys():
        steps = [after - before for before, after in zip(shown[0][pair], shown[1][pair], strict=True)]
        assert not [step for step in steps if 0 < abs(step) < 10]
    assert list(itertools.chain(*shown))


def four(both: int, first: int, second: int, whole: int) -> tuple[int, ...]:
    return both, first - both, second - both, whole - first - second + both


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("variable: reward", "variable: rewart", "did you mean 'reward'?"),
        ("unit: EUR/h", "unit: GBP/h", "write the amount in EUR/h, or take the unit out"),
        ("[controller, status]", "[controler]", "did you mean 'controller'?"),
        ("together: source", "together: sauce", "did you mean 'source'?"),
    ],
)
def test_what_no_recipe_has_is_said_with_what_to_write(gathered, wrong: str, right: str, said: str) -> None:
    path = gathered.folder / "campaign.yaml"
    path.write_text(CAMPAIGN.replace(wrong, right), encoding="utf-8")
    for words in (("pool", "show"), ("campaign", "check")):
        assert said in gathered(*words, code=3).output
