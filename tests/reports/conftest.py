import datetime as dt

import pytest

from rightskit.cases.model import Answer
from rightskit.reports.model import CaseRow
from rightskit.rights import Right

SENT = dt.date(2026, 3, 2)


@pytest.fixture(scope="session")
def case():
    """A request that went out on 2 March 2026; `days` is when its final answer came."""

    def make(member=1, controller="Alpha Bureau", outcome=Answer.NONE, *, days=None, first=None, **rest) -> CaseRow:
        values = {"received": True, "bounced": False, "sent": SENT} | rest
        return CaseRow(
            member=f"M{member:08d}",
            controller=controller,
            right=Right.ACCESS,
            first_answer=None if first is None else SENT + dt.timedelta(days=first),
            final=None if days is None else SENT + dt.timedelta(days=days),
            outcome=outcome,
            **values,
        )

    return make
