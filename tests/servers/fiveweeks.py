"""Five weeks of a campaign, published each week as report, export, barometer and, twice, as a dossier."""

from __future__ import annotations

import json
import random
from collections import defaultdict

from publications import NAMES

MEMBERS, THRESHOLD = 44, 5
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
consent: {{version: "1", scopes: [statistics], text: Ich bin einverstanden.}}
threshold: {THRESHOLD}
"""
HEAD = (
    "member,given_name,family_name,street,postal_code,city,country,email,birthdate,mandate_date,receive_date,"
    "consent_version,consent_scope"
)
WEEKS = ("2026-03-16", "2026-03-23", "2026-03-30", "2026-04-13", "2026-05-11")
KINDS = ("report", "export", "barometer")
ORDER = [(day, kind) for day in WEEKS for kind in (*KINDS, *(("dossier",) if day in WEEKS[1::2] else ()))]
TOLD = ("M00000000", "M00000001", "M00000002")
"""They agreed that a dossier tells their course, and it does; whoever holds it knows all about them."""
AGREE = {"2026-03-23": range(5, 9), "2026-03-30": range(9, 21), "2026-04-13": range(21, 24)}
LEAVE = {"2026-03-30": range(34, 40), "2026-04-13": range(40, 42)}
"""Few in some weeks, enough in others."""
STEPS_OF_A_WEEK = ("data-received", "refused", "no-data", "identity-demanded", "acknowledged", "extended")


def five_weeks(campaign) -> None:
    """Members join, requests go out, answers come; after each week pages are written."""
    (campaign.folder / "campaign.yaml").write_text(CAMPAIGN, encoding="utf-8")
    rows = [
        f"M{n:08},Qx{n:02}vorn,Qx{n:02}nach,Weg {n},28195,Bremen,DE,q{n}@post.example,{1950 + n}-01-{n % 28 + 1:02},2026-02-20,2026-02-20"
        + (",1,statistics" if n < len(TOLD) else ",,")
        for n in range(MEMBERS)
    ]
    (campaign.folder / "all.csv").write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    campaign("members", "import", campaign.folder / "all.csv")
    campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("send", "--to", "outbox")
    campaign("posted", "2026-03-02-outbox-1")
    (campaign.folder / "published").mkdir()
    rng = random.Random(11)
    for number, (day, kind) in enumerate(ORDER):
        if kind == KINDS[0]:
            _moves(campaign, rng, day)
        _publish(campaign, kind, f"{number:02}-{kind}")


def _moves(campaign, rng: random.Random, day: str) -> None:
    """Some steps of a few, some of many, at each controller."""
    waiting = defaultdict(list)
    for line in campaign.on(day).json("status"):
        if line["answer"] in {"none", "acknowledged", "in dialogue"}:
            waiting[line["controller"]].append(line["request"])
    noted = defaultdict(list)
    for requests in waiting.values():
        rng.shuffle(requests)
        for size in (rng.choice([1, 2, 3]), rng.choice([1, 4, 6]), rng.choice([7, 9, 12])):
            noted[rng.choice(STEPS_OF_A_WEEK)] += [requests.pop() for _ in range(min(size, len(requests)))]
    for kind, requests in noted.items():
        campaign.note(kind, requests, day)
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
    }
    campaign(*words[kind])
    with campaign.vault().read() as connection:
        requests = [[reference, member, row] for reference, member, row in counted.all_counted(connection)]
        truth = {"requests": requests, "members": counted.all_members(connection)}
    (campaign.folder / "published" / f"{name}.truth").write_text(json.dumps(truth), encoding="utf-8")
