"""What the letters of a small invented campaign look like to those who answer them."""

import datetime as dt
import random

import pytest

from rightskit.campaign.reference import ALPHABET, with_check
from rightskit.simulation.controllers import World
from rightskit.simulation.letterbox import BERLIN, Mail
from rightskit.simulation.people import members

OWN = "campaign@offene-auskunft.example.org"
CONTROLLERS = (
    "datenschutz@schufa.de",
    "datenschutz.de@crif.com",
    "icd-datenschutz@experian.com",
    "businessdach@experian.com",
    "datenschutz@regis24.de",
    "datenschutz@besurance-his.de",
)
SENT = dt.datetime(2026, 2, 3, 9, 30, tzinfo=BERLIN)
BODY = """\
Sehr geehrte Damen und Herren,

ich bitte Sie um Auskunft nach Art. 15 DSGVO. Sollten Sie Zweifel an meiner Identität haben, sagen Sie mir das bitte.

Mit freundlichen Grüßen
"""


def letter(row: dict[str, str], to: str, number: int, sent: dt.datetime, kind: str) -> Mail:
    rng = random.Random(number)
    reference = with_check("".join(rng.choice(ALPHABET) for _ in range(7)))
    message_id = f"<{reference}.{kind}@offene-auskunft.example.org>"
    return Mail(
        reference=reference,
        to=to,
        sender=OWN,
        reply_to=OWN.replace("@", f"+{reference.lower()}@") if row["receive_date"] else row["email"] or OWN,
        message_id=message_id,
        sent=sent,
        subject=f"{'Auskunft nach Art. 15 DSGVO' if kind == 'access' else 'Erinnerung'} [{reference}]",
        language="de",
        headers=f"From: {OWN}\nTo: {to}\nMessage-ID: {message_id}",
        body=BODY,
        name=f"{row['given_name']} {row['family_name']}",
        birthdate=dt.date(1968, 3, 7) if kind == "access" else None,
        street=row["street"],
        postal_code=row["postal_code"],
        city=row["city"],
    )


def outbox(count: int, sent: dt.datetime, kind: str) -> list[Mail]:
    pairs = [(row, to) for row in members(count, 1) for to in CONTROLLERS]
    return [letter(row, to, number, sent, kind) for number, (row, to) in enumerate(pairs)]


@pytest.fixture(scope="session")
def world() -> World:
    return World(own=OWN, seed=1)


@pytest.fixture(scope="session")
def letters() -> list[Mail]:
    """What 120 members wrote to six controllers."""
    return outbox(120, SENT, "access")


@pytest.fixture(scope="session")
def reminders() -> list[Mail]:
    """A reminder of each, 38 days later."""
    return outbox(120, SENT + dt.timedelta(days=38), "reminder")
