"""Five weeks of a campaign: two rights, a trial, complaints, returned documents; published each week in every form."""

from __future__ import annotations

import hashlib
import json
import random
from array import array
from collections import defaultdict
from typing import TYPE_CHECKING

from publications import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MEMBERS, THRESHOLD = 72, 5
FEW = range(1, THRESHOLD)
"""Numbers of people that nobody may find."""
CAMPAIGN = f"""\
slug: probe
title: Was wissen sie?
organiser:
  name: Initiative Mitmachen
  email: hallo@mitmachen.example
  address: [Marktplatz 1, 28195 Bremen]
ways: [own-name]
account: campaign
requests:
  - rights: [access]
    controllers: [{", ".join(NAMES)}]
    arms:
      - {{name: mail, channel: email}}
      - {{name: paper, channel: post}}
  - rights: [portability]
    controllers: [{", ".join(NAMES)}]
trial: {{strata: [controller], analysis: analysis-plan.md}}
consent: {{version: "1", scopes: [statistics], text: Ich bin einverstanden.}}
recipes: [probe-file]
threshold: {THRESHOLD}
"""
RECIPE = """\
id: probe-file
title: The file of a shop
right: access
files:
  - format: json
    require: [colour]
    rows:
      - once: true
        variables:
          - {id: colour, from: colour, title: Colour, provenance: observed, type: choice, values: {R: red, G: green}}
          - {id: score, from: score, title: Score, unit: points, provenance: inferred, bands: [50]}
"""
HEAD = (
    "member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,"
    "consent_version,consent_scope"
)
WEEKS = ("2026-03-16", "2026-03-23", "2026-03-30", "2026-04-13", "2026-05-11")
KINDS = ("report", "export", "barometer")
MORE = {WEEKS[1]: ("dossier",), WEEKS[2]: ("release",), WEEKS[3]: ("dossier",), WEEKS[4]: ("release", "report")}
"""What is published besides, and after the last release once more a report."""
ORDER = [(day, kind) for day in WEEKS for kind in (*KINDS, *MORE.get(day, ()))]
TOLD = ("M00000000", "M00000001", "M00000002")
"""They agreed that a dossier tells their course, and it does; whoever holds it knows all about them."""
AGREE = {WEEKS[0]: range(3, 15), WEEKS[1]: range(15, 18), WEEKS[2]: range(18, 40), WEEKS[3]: range(40, 43)}
LEAVE = {WEEKS[2]: range(54, 60), WEEKS[3]: range(60, 62)}
"""Few in some weeks, enough in others."""
STEPS_OF_A_WEEK = (
    "data-received",
    "data-received",
    "refused",
    "no-data",
    "identity-demanded",
    "acknowledged",
    "extended",
)
LODGED = {WEEKS[1]: (9, 2), WEEKS[2]: (12, 6), WEEKS[3]: (7, 9), WEEKS[4]: (3, 8)}
"""Complaints of a week: so many about each controller."""
RULINGS = ("upheld,reprimand", "rejected,no-measure", ",", "settled,")
"""Of a few complaints each, in this order; the others are pending."""
UNSENT, BACK = 6, 8
"""Requests that never left, and that came back, of each controller and right."""


REFUSED = 5
"""How a command ends that would tell of a few."""
SEED = 11
"""Of the weeks that every run of the tests plays; other seeds are other weeks."""


def five_weeks(campaign, seed: int) -> None:
    """Members join, requests go out, answers and documents come, people complain; after each week pages are written."""
    _start(campaign)
    (campaign.folder / "published").mkdir()
    rng = random.Random(seed)
    for number, (day, kind) in enumerate(ORDER):
        if number == 0 or day != ORDER[number - 1][0]:
            campaign.on(day)
            _note(campaign, day, _moves(campaign, rng, day))
            _members_move(campaign, day)
            campaign("data", "extract")
        _publish(campaign, kind, f"{number:02}-{kind}")


def _start(campaign) -> None:
    (campaign.folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    (campaign.folder / "analysis-plan.md").write_text("Answered within a month, by arm.\n", encoding="utf-8")
    (campaign.folder / "recipes").mkdir()
    (campaign.folder / "recipes" / "probe-file.yaml").write_text(RECIPE, encoding="utf-8")
    rows = [
        f"M{n:08},Qx{n:02}vorn,Qx{n:02}nach,Weg {n},28195,Bremen,DE,q{n}@post.example,{1950 + n}-01-{n % 28 + 1:02},2026-02-20,2026-02-20"
        + (",1,statistics" if n < len(TOLD) else ",,")
        for n in range(MEMBERS)
    ]
    (campaign.folder / "all.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    campaign("members", "import", campaign.folder / "all.csv")
    campaign("plan", "--randomise", "2026")
    _note(campaign, "2026-03-03", _leave_the_house(campaign))


def _by_line(campaign) -> dict[tuple[str, str], list[dict[str, str]]]:
    """Controller and right -> what ``status`` says of the requests, in the order of the members."""
    found = defaultdict(list)
    for line in sorted(campaign.json("status"), key=lambda line: line["member"]):
        found[line["controller"], line["right"]].append(line)
    return found


def _leave_the_house(campaign) -> Iterator[str]:
    for some in _by_line(campaign).values():
        for place, line in enumerate(some[: len(some) - UNSENT]):
            yield f"{line['request']},sent,2026-03-02,,"
            if place >= len(some) - UNSENT - BACK:
                yield f"{line['request']},bounced,2026-03-03,,"


def _note(campaign, day: str, rows: Iterable[str]) -> None:
    path = campaign.folder / "events.csv"
    path.write_text("\n".join(["request,event,date,outcome,measure", *rows]) + "\n", encoding="utf-8")
    campaign.on(day)("log", "--from", path)


def _moves(campaign, rng: random.Random, day: str) -> list[str]:
    """Some steps of a few, some of many, at each controller and right."""
    rows, lodged, documents = [], [], []
    for (controller, right), some in _by_line(campaign).items():
        lines = [one for one in some if one["delivery"] in {"sent", "received"}]
        waiting = [one for one in lines if one["answer"] in {"none", "acknowledged", "in dialogue"}]
        rng.shuffle(waiting)
        for size in (rng.choice([1, 2, 3]), rng.choice([1, 4, 6]), rng.choice([7, 9, 12])):
            kind = rng.choice(STEPS_OF_A_WEEK)
            gone = [waiting.pop() for _ in range(min(size, len(waiting)))]
            rows += [f"{one['request']},{kind},{day},," for one in gone]
            documents += [(one, controller, place) for place, one in enumerate(gone) if kind == "data-received"]
        silent = [one["request"] for one in waiting if right == "access"]
        lodged += silent[: LODGED.get(day, (0, 0))[list(NAMES).index(controller)]]
    rows += [f"{one},complained,{day},," for one in lodged]
    rows += [f"{one},authority-decided,{day},{RULINGS[place // 6]}" for place, one in enumerate(lodged[:-3])]
    _return(campaign, documents, rng)
    return rows


def _return(campaign, documents: list[tuple[dict[str, str], str, int]], rng: random.Random) -> None:
    """Most answers with data bring a file: one that a recipe reads, one that none reads, a picture; others are paper."""
    from rightskit.disclosures.model import Disclosure
    from rightskit.vault import disclosures

    with campaign.vault().write() as connection:
        for one, controller, place in documents:
            kind = ("read", "read", "unread", "read", "picture", "paper")[place % 6]
            if kind == "paper":
                continue
            content = {"for": one["request"], "score": rng.randrange(100)} | (
                {"colour": rng.choice("RRG")} if kind == "read" else {"size": "L"}
            )
            raw = json.dumps(content).encode()
            media = ("picture.png", "image/png") if kind == "picture" else ("file.json", "application/json")
            key = hashlib.sha256(raw).hexdigest()
            disclosures.add(connection, Disclosure(key, one["request"], one["member"], controller, *media, raw))


def _members_move(campaign, day: str) -> None:
    for member in AGREE.get(day, ()):
        campaign("members", "agree", f"M{member:08}", "--date", day, "--evidence", "form on paper")
    for member in LEAVE.get(day, ()):
        campaign("members", "withdraw", f"M{member:08}", "--mandate")


def _publish(campaign, kind: str, name: str) -> None:
    from rightskit.vault import counted

    target = campaign.folder / "published" / name
    told = [word for member in TOLD for word in ("--members", member)]
    words = {
        "report": ("report", "--lang", "en", "-o", f"{target}.html"),
        "export": ("export", target),
        "barometer": ("report", "--lang", "en", "--barometer", target),
        "dossier": ("dossier", "suedstern", target, "--lang", "en", *told),
        "release": ("pool", "release", target),
    }
    people = _pool(campaign) if kind in {"report", "release"} else {}
    result = campaign.tried(*words[kind])
    if kind == "release" and result.exit_code == REFUSED:  # too few joined or left since the last one
        return
    assert result.exit_code == 0, result.output
    with campaign.vault().read() as connection:
        requests = [[reference, member, row] for reference, member, row in counted.all_counted(connection)]
        truth = {"requests": requests, "members": counted.all_members(connection), "pool": people}
    (campaign.folder / "published" / f"{name}.truth").write_text(json.dumps(truth), encoding="utf-8")


def _pool(campaign) -> dict[str, list[str]]:
    """Who stands behind each cell of the pool."""
    from rightskit.flows import pool

    found = pool.pool(campaign.workspace())
    owner = {number: member for numbers in (found.people, found.returned) for member, number in numbers.items()}
    return {
        "|".join(mark): sorted(owner[one] for one in array("q", held.members)) for mark, held in found.marks.items()
    }
