"""What campaign.yaml wants of its tables: read as written, and each fault at its line with what to write instead."""

import pytest

from rightskit.campaign.tables import Minimum, Tables, read
from rightskit.yamlfile import parse

GOOD = """\
tables:
  - cross: [housing, score]
  - {variable: energy, over: month}
  - together: source
minimum:
  variable: pay
  amount: 14.15
  source: a law
  by: [controller, status]
"""


def test_all_words() -> None:
    top = parse(GOOD, "campaign.yaml")
    wanted = read(top)
    assert top.faults == []
    pay = Minimum("pay", 14.15, "a law", "", 20, ("controller", "status"))
    assert wanted == Tables((("housing", "score"),), {}, {"energy": "month"}, ("source",), pay)
    assert pay.bands == (14.15, 16.98)


def test_a_campaign_that_wants_nothing() -> None:
    assert read(parse("slug: x\n", "campaign.yaml")) == Tables()


@pytest.mark.parametrize(
    ("wrong", "right", "fault"),
    [
        ("amount: 14.15", "amount: 14,15", (7, "amount", "write a number above 0 with a point: `amount: 14.15`")),
        ("amount: 14.15", "amount: 0", (7, "amount", "write a number above 0 with a point: `amount: 14.15`")),
        ("amount: 14.15", "amount: nan", (7, "amount", "write a number above 0 with a point: `amount: 14.15`")),
        ("  amount: 14.15\n", "", (6, "amount", "add a line `amount: …`")),
        ("  source: a law\n", "", (6, "source", "add a line `source: …`")),
        ("source: a law", "source: a law\n  margin: 0", (9, "margin", "write 1 or more")),
        ("amount: 14.15", "amout: 14.15", (7, "amout", "did you mean 'amount'?")),
        ("variable: pay", "variable: energy", (5, "minimum", "take out one of them: `over` or `minimum`")),
        ("[housing, score]", "[score, score]", (2, "cross", "write `cross: [housing, base-score]`")),
        ("together: source", "together:", (4, "variable", "add a line `variable: …`")),
        ("together: source", "togther: source", (4, "togther", "did you mean 'together'?")),
    ],
)
def test_faults_have_their_line(wrong: str, right: str, fault: tuple[int, str, str]) -> None:
    top = parse(GOOD.replace(wrong, right), "campaign.yaml")
    read(top)
    assert fault in [(one.line, one.column, one.suggestion) for one in top.faults]
