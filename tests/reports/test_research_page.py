"""The lines of docs/research.md, run in an export as a researcher runs them."""

import datetime as dt
import re
from pathlib import Path

import pytest

from rightskit.campaign.population import Population
from rightskit.campaign.reuse import CC_BY, Contact
from rightskit.cases.model import Answer
from rightskit.disclosures.tabulation import PoolTable
from rightskit.reports.build import build
from rightskit.reports.datatables import Basis, tables
from rightskit.reports.memberrow import MemberRow
from rightskit.reports.microdata import microdata
from rightskit.reports.package import About, files
from rightskit.reports.quality import Audit
from rightskit.reports.recruitment import Members

PAGE = Path(__file__).parents[2] / "docs" / "research.md"
TODAY = dt.date(2026, 6, 30)
ABOUT = About(
    "R1", "probe", "Probe", "Initiative", TODAY, 10, "0.1.0", "ab" * 32, CC_BY, Contact("Office", "data@example.org")
)
PEOPLE = tuple(
    MemberRow(f"M{n:08}", signed=True, complete=True, age=age)
    for n, age in enumerate(["18-29"] * 30 + ["30-44"] * 4 + ["45-59"] * 20 + [""] * 26)
)
POPULATION = Population("ages", "Everybody", "an office", 2025, {"18-29": 0.3, "30-44": 0.4, "45-59": 0.3})

COUNTS = (("yes", 30), ("no", 20), ("no value", 10), ("members", 60))
ANSWERS = PoolTable("home", "Home", "distribution", "", "provided", 60, ("Home", "members"), COUNTS, "")


@pytest.fixture
def export(case, tmp_path, monkeypatch) -> Path:
    """Three controllers: of the third few have an answer, so that the table hides how many, and with it the first."""
    rows = [
        case(
            member,
            name,
            Answer.NONE if member % share else Answer.DATA,
            reference=f"RK-{name}-{member}",
            days=None if member % share else 40 if member % (2 * share) else 10,
            identity_demanded=member % 7 == 0,
            channel="email",
            arm=("mail", "paper")[member % 2],
        )
        for share, name in ((2, "Alpha Bureau"), (4, "Beta Bureau"), (16, "Gamma Bureau"))
        for member in range(80)
    ]
    data = microdata(rows, today=TODAY, threshold=10, name=str)
    members = Members(PEOPLE, populations=(POPULATION,))
    report = build("T", "O", rows, None, today=TODAY, language="en", threshold=10, members=members)
    found = tables(Basis(report.figures, rows, data, Audit(0, 0), TODAY, 10), report.recruitment, [ANSWERS])
    for path, raw in files(ABOUT, data, found).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_lines_of_the_page_run_in_an_export(export, capsys) -> None:
    page = PAGE.read_text(encoding="utf-8")
    blocks = [re.sub("^  ", "", part, flags=re.MULTILINE) if part.startswith("  ") else part for part in _blocks(page)]
    assert len(blocks) == 8
    known: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), known)
    told = capsys.readouterr().out
    assert "paper instead of mail: -" in told
    assert [round(float(bound[14]), 2) for bound in known["bounds"]] == [0.04, 0.71], "few rows tell their days"
    assert re.search(r"Beta Bureau +│ +80 │ +20 ", told), told
    assert known["counted"].loc["Beta Bureau"].tolist() == [80, 20]
    assert known["ages"].set_index("ages").loc["30-44+45-59", ["joined", "population_share"]].tolist() == [24, 0.7]
    assert known["answers"]["share"].round(2).tolist()[:2] == [0.6, 0.4]
    assert list(known["both"].index) == ["Beta Bureau"], "of the others the table hides how many"


def _blocks(page: str) -> list[str]:
    return re.findall(r"^ *```python\n(.*?)^ *```$", page, flags=re.MULTILINE | re.DOTALL)


def test_the_page_names_every_file_of_an_export(export) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for path in export.rglob("*.*"):
        name = path.relative_to(export).as_posix()
        pattern = "tables/*.csv" if name.startswith("tables/") else re.sub(r"codebook\.\w\w\.md", "codebook.*.md", name)
        assert f"`{pattern}`" in page or name == "README.md", name
