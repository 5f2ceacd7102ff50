"""A report a week: what two of them tell together, when they are subtracted."""

import pytest
from probe_texts import CROWD

from rightskit.vault import counted

SIZE = 40
HEAD = "member,given_name,family_name,street,postal_code,city,country,email,mandate_date,receive_date"
ON = "2026-03-20"


def _send(campaign) -> None:
    rows = [
        f"M{n:08},Qx{n:02}vorn,Qx{n:02}nach,Weg {n},28195,Bremen,DE,q{n}@post.example,2026-02-20,2026-02-20"
        for n in range(SIZE)
    ]
    campaign.crowd(f"{CROWD}threshold: 10\n", [HEAD, *rows])
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("send", "--to", "outbox")
    campaign("posted", "2026-03-02-outbox-1")


@pytest.fixture
def sent(at):
    """The requests of 40 members to one controller have left."""
    return at("sent to one", "founded", _send).on(ON)


def refuse(campaign, members) -> None:
    """The controller refuses the requests of some members."""
    lines = {line["member"]: line["request"] for line in campaign.json("status")}
    campaign.note("refused", [lines[f"M{n:08}"] for n in members], "2026-03-18")


def page(campaign) -> str:
    campaign.on(ON)("report")
    return (campaign.folder / "report.html").read_text(encoding="utf-8")


def test_nine_refusals_change_nothing_on_the_next_page_and_ten_do(sent) -> None:
    """Whoever knows who was answered this week compares the pages, and finds not a byte that differs."""
    first = page(sent)
    refuse(sent, [7])
    assert page(sent) == first
    refuse(sent, range(8, 16))
    assert "9 requests are counted as in the last report: fewer than 10 members" in sent("report").output
    assert page(sent) == first
    refuse(sent, [16])
    second = page(sent)
    assert second != first
    refuse(sent, range(20, 29))
    assert page(sent) == second
    assert "requests are counted" not in sent("status").output


def test_forgetting_changes_nothing_on_the_next_page_and_leaves_nobody_in_it(sent) -> None:
    refuse(sent, range(20))
    first = page(sent)
    sent("members", "forget", "M00000003", "--yes")
    assert page(sent) == first
    with sent.vault().read() as connection:
        kept = list(counted.all_counted(connection))
    gone = [member for _, member, _ in kept if not member.startswith("M")]
    assert len(kept) == SIZE
    assert len(gone) == 1
    assert "M00000003" not in repr(kept)


def enter(campaign, *numbers: int) -> None:
    rows = [
        f"M{n:08},Qx{n:02}vorn,Qx{n:02}nach,Weg {n},28195,Bremen,DE,q{n}@post.example,2026-03-19,2026-03-19"
        for n in numbers
    ]
    (campaign.folder / "more.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    campaign("members", "import", campaign.folder / "more.csv")


def figures(campaign) -> dict[str, int]:
    return {line["members"]: line["number"] for line in campaign.json("status", "--members")}


def test_one_who_joins_or_leaves_changes_nothing_on_the_next_page_and_ten_do(sent) -> None:
    first = page(sent)
    enter(sent, 60)
    sent("members", "withdraw", "M00000002", "--mandate")
    assert page(sent) == first
    assert "2 members too. As they are: rightskit status --members" in sent("report").output
    assert (figures(sent)["joined"], figures(sent)["left"]) == (41, 1)
    enter(sent, *range(61, 70))
    assert page(sent) != first
    assert ">50</td>" in page(sent)


def test_ten_who_are_forgotten_are_told_as_a_number(sent) -> None:
    first = page(sent)
    for n in range(9):
        sent("members", "forget", f"M{n:08}", "--yes")
    assert page(sent) == first
    sent("members", "forget", "M00000009", "--yes")
    assert page(sent) != first
    assert figures(sent)["forgotten"] == 10
    assert figures(sent)["joined"] == 40
    with sent.vault().read() as connection:
        kept = counted.all_members(connection)
    assert len(kept) == SIZE
    assert sum(counted.is_forgotten(name) for name in kept) == 10


def test_the_funnel_of_each_controller_and_right_is_shown_as_it_is(sent) -> None:
    refuse(sent, range(4))
    (line,) = sent.json("status", "--funnel")
    told = {
        name: line[name] for name in ("controller", "right", "members", "planned", "sent", "out", "answered", "data")
    }
    assert told == {
        "controller": "suedstern",
        "right": "access",
        **dict.fromkeys(("members", "planned", "sent", "out"), SIZE),
        "answered": 4,
        "data": 0,
    }
    assert "controller  right" in sent("status", "--funnel").output


def test_every_page_stands_in_the_ledger(sent) -> None:
    page(sent)
    page(sent)
    assert [(line["name"], line["kind"], line["threshold"]) for line in sent.json("pool", "ledger")] == [
        ("R1", "report", 10),
        ("R2", "report", 10),
    ]


def test_a_page_that_cannot_be_entered_is_not_written(sent, monkeypatch) -> None:
    def broken(*_words, **_more):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(counted, "keep", broken)
        sent("report", code=6)
    assert not (sent.folder / "report.html").exists()
    assert sent.json("pool", "ledger") == []
