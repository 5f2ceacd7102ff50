"""``plan --randomise``: letters, channels and order by lot; the analysis plan is kept before anything leaves."""

import hashlib
from collections import Counter

import pytest
from sqlalchemy import select

ARMS = """\
    arms:
      - {name: mail, channel: email}
      - {name: paper, channel: post}
"""
TRIAL = "trial: {strata: [controller], analysis: analysis-plan.md}\n"
PLAN = "Answered within a month, by arm; difference of shares with a 95 % interval.\n"


def declare(campaign) -> None:
    path = campaign.folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    controllers = "    controllers: [nordlicht, suedstern, papierwerk]\n"
    path.write_text(text.replace(controllers, controllers + ARMS) + TRIAL, encoding="utf-8")
    (campaign.folder / "analysis-plan.md").write_text(PLAN, encoding="utf-8")


@pytest.fixture
def declared(at):
    """Members have joined, nothing is planned; mail and paper are to be compared."""
    campaign = at("joined")
    declare(campaign)
    return campaign


def arms(campaign) -> dict[str, str]:
    from rightskit.vault import trials

    with campaign.vault().read() as connection:
        return trials.arms(connection)


def channels(campaign) -> dict[tuple[str, str], str]:
    from rightskit.vault import requests

    with campaign.vault().read() as connection:
        return {(one.member, one.controller): one.channel for one in requests.all_requests(connection)}


def test_what_goes_by_mail_and_what_on_paper_is_drawn(declared) -> None:
    said = declared("plan", "--randomise", "2026").output
    assert "Drawn by lot with the seed 2026" in said
    found = Counter(
        (controller, channel) for (_, controller), channel in channels(declared).items() if controller != "papierwerk"
    )
    for controller in ("nordlicht", "suedstern"):
        counts = [found[controller, channel] for channel in ("email", "post")]
        assert min(counts) >= 1
        assert max(counts) - min(counts) <= 1
    # papierwerk takes no mail: nobody could get that arm, so nobody is drawn for.
    drawn = arms(declared)
    assert {declared.request(name, "papierwerk") for name in ("jana", "petra", "zehra")}.isdisjoint(drawn)
    by_request = {line["request"]: line for line in declared.json("status")}
    assert {by_request[reference]["controller"] for reference in drawn} == {"nordlicht", "suedstern"}


def test_half_of_what_is_planned_together_is_to_leave_early(declared) -> None:
    from rightskit.vault import trials

    declared("plan", "--randomise", "2026")
    with declared.vault().read() as connection:
        halves = trials.halves(connection)
        ranks = sorted(connection.execute(select(trials.lots.c.rank, trials.lots.c.among)).all())
    assert halves.keys() == arms(declared).keys()
    assert {among for _, among in ranks} == {len(channels(declared))}
    assert Counter(halves.values())["early"] == sum(2 * rank <= among for rank, among in ranks)


def test_the_same_seed_draws_the_same(at, tmp_path) -> None:
    campaign = at("joined")
    declare(campaign)
    shown = campaign.json("plan", "--randomise", "2026", "--dry-run")
    campaign("plan", "--randomise", "2026")
    lots = {(line["member"], line["controller"]): line.get("arm") for line in shown if "request" in line}
    by_request = {line["request"]: (line["member"], line["controller"]) for line in campaign.json("status")}
    assert {by_request[reference]: arm for reference, arm in arms(campaign).items()} == {
        key: arm for key, arm in lots.items() if arm
    }


def test_who_joins_later_changes_nothing_that_was_drawn(declared) -> None:
    declared("plan", "--randomise", "2026")
    before, sent = arms(declared), channels(declared)
    rows = "given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date\n" + "".join(
        f"Ida{number},Muster{number},Weg {number},24105,Kiel,DE,ida{number}@heimpost.example,1980-01-01,2026-02-20\n"
        for number in range(6)
    )
    more = declared.folder / "more.csv"
    more.write_text(rows, encoding="utf-8")
    declared("members", "import", more)
    declared("plan", "--randomise", "2026")
    after = arms(declared)
    assert {reference: after[reference] for reference in before} == before
    assert {key: channels(declared)[key] for key in sent} == sent
    assert len(after) == len(before) + 12
    by_request = {line["request"]: line["controller"] for line in declared.json("status")}
    counts = Counter((by_request[reference], arm) for reference, arm in after.items())
    for controller in ("nordlicht", "suedstern"):
        assert abs(counts[controller, "mail"] - counts[controller, "paper"]) <= 1


def test_a_campaign_with_arms_is_planned_by_lot_alone(declared, at) -> None:
    assert "rightskit plan --randomise SEED" in declared("plan", code=5).output
    declared("plan", "--randomise", "2026")
    assert "Its seed stays: rightskit plan --randomise 2026" in declared("plan", "--randomise", "7", code=5).output
    path = declared.folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: paper", "name: letter"), encoding="utf-8")
    assert "other arms are another campaign" in declared("plan", "--randomise", "2026", code=5).output


def test_without_arms_nothing_can_be_drawn(at) -> None:
    assert "declares no arms" in at("joined")("plan", "--randomise", "2026", code=5).output


def test_the_analysis_plan_is_kept_before_letters_leave(declared) -> None:
    from rightskit.vault import trials

    (declared.folder / "analysis-plan.md").unlink()
    assert "there is no file analysis-plan.md" in declared("plan", "--randomise", "2026", code=3).output
    declare_again = PLAN
    (declared.folder / "analysis-plan.md").write_text(declare_again, encoding="utf-8")
    digest = hashlib.sha256(PLAN.encode()).hexdigest()
    assert digest[:16] in declared("plan", "--randomise", "2026").output
    declared("letters", "approve", "--by", "Ada Beispiel")
    declared("send", "--to", "outbox")
    declared("posted", "2026-03-02-outbox-1")
    (declared.folder / "analysis-plan.md").write_text(f"{PLAN}And by Land.\n", encoding="utf-8")
    said = declared.on("2026-03-09")("plan", "--randomise", "2026").output
    assert "was changed after" in said
    with declared.vault().read() as connection:
        first, second = trials.all_kept(connection)
    assert (first.sha256, first.sent, str(first.kept)) == (digest, 0, "2026-03-02")
    assert second.sent > 0
    declared("report", "-o", declared.folder / "report.html")
    page = (declared.folder / "report.html").read_text(encoding="utf-8")
    assert f"The analysis plan was kept on 2 March 2026, before any letter had left. SHA-256: {digest}" in page
    assert "The analysis plan was changed on 9 March 2026, after letters had left." in page
    assert "(seed 2026)" in page


def test_the_arm_reaches_the_rows_of_an_export_and_the_section_of_the_report(declared) -> None:
    import csv
    import json

    declared("plan", "--randomise", "2026")
    declared("letters", "approve", "--by", "Ada Beispiel")
    declared("send", "--to", "outbox")
    declared("send", "--to", "print")
    declared("posted", "2026-03-02-outbox-1", "2026-03-02-print-1")
    declared.on("2026-05-30")("export", declared.folder / "data")
    with (declared.folder / "data" / "requests.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    shown = Counter(row["arm"] for row in rows)
    assert {row["order"] for row in rows} <= {"early", "late", "none", "*"}
    drawn = Counter(arms(declared).values())
    # papierwerk takes paper alone: its requests were not drawn for.
    assert set(shown) <= {"mail", "paper", "none", "*"}
    assert shown["mail"] in {0, drawn["mail"]}
    told = json.loads((declared.folder / "data" / "provenance.json").read_text(encoding="utf-8"))["drawn_by_lot"]
    digest = hashlib.sha256(PLAN.encode()).hexdigest()
    assert [(one["seed"], one["declared"]["strata"], one["sha256"]) for one in told] == [
        ("2026", ["controller"], digest)
    ]
    readme = (declared.folder / "data" / "README.md").read_text(encoding="utf-8")
    assert f"seed 2026, in strata by controller; analysis plan with the SHA-256\n  {digest}, kept on 2026-" in readme
    declared("report", "--lang", "en")
    page = (declared.folder / "report.html").read_text(encoding="utf-8")
    assert 'aria-labelledby="trial"' in page


def test_a_dry_run_keeps_nothing(declared) -> None:
    from rightskit.vault import trials

    declared("plan", "--randomise", "2026", "--dry-run")
    with declared.vault().read() as connection:
        assert (trials.all_kept(connection), trials.arms(connection)) == ([], {})


def test_what_was_drawn_for_a_forgotten_member_is_gone(declared) -> None:
    declared("plan", "--randomise", "2026")
    theirs = {line["request"] for line in declared.json("status") if line["member"] == "MJANA0001"}
    assert theirs & arms(declared).keys()
    declared("members", "forget", "MJANA0001", "--yes")
    assert not theirs & arms(declared).keys()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (ARMS.replace("channel: post", "channel: fax"), "fax"),
        ("    arms: [{name: mail, channel: email}]\n", "one arm can be compared with nothing"),
        (ARMS.replace("paper", "mail"), "two arms have the same name"),
        (ARMS.replace("channel: post", "letter: acces"), "there is no letter 'acces'"),
    ],
)
def test_faults_in_arms_are_named(at, wrong, says) -> None:
    campaign = at("joined")
    declare(campaign)
    path = campaign.folder / "campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(ARMS, wrong), encoding="utf-8")
    assert says in campaign("plan", "--randomise", "2026", code=3).output
