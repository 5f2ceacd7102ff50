"""200 invented people, from invitations to the end: three ways to act, answers at home, people who leave, a successor."""

import csv
import email
import io
import shutil
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from rightskit.campaign.reference import ALPHABET
from rightskit.vault import outgoing, schema, store

PEOPLE = 200
LOOKED = ("--by", "Ada Beispiel", "--evidence", "form and signature")
HOME = 0.3
"""The share of answers that come to members, and are logged by hand."""
LEAVE = 20
"""Every so many, somebody leaves."""
LETTERS = ("invite", "missing", "form-mandate", "form-receive", "form-consent", "identity-sheet")
GIVEN = ("Ada", "Ben", "Cem", "Dua", "Eva", "Finn", "Gül", "Hugo", "Ida", "Jan")
FAMILY = ("Beispiel", "Muster", "Probe", "Versuch", "Ersatz", "Vorlage", "Entwurf", "Skizze", "Abriss", "Modell")


SUCCESSOR = "seven words that the successor chose"


def name(number: int) -> str:
    return f"M{ALPHABET[number // 32]}{ALPHABET[number % 32]}TEST00"


def family(number: int) -> str:
    return f"{FAMILY[number // 20]}{number % 20}"


def way(number: int) -> str:
    """Ten act themselves, forty by mandate, the others in their own name."""
    return "self" if number % 20 == 7 else "mandate" if number % 10 in {1, 8} else "own-name"


def at_stall(number: int) -> bool:
    """Who signed on paper at a stall, before anybody wrote to them."""
    return number % 3 != 1 and way(number) == "own-name"


@pytest.fixture
def campaign(at):
    """Members who are only known by name and address yet; every tenth has not told the birth date."""
    founded = at("founded")
    path = founded.folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8").replace("ways: [own-name]", "ways: [own-name, mandate, self]")
    text = text.replace("[nordlicht, suedstern, papierwerk]", "[nordlicht, suedstern]")
    path.write_text(text[: text.index("consent:")] + text[text.index("recipes:") :], encoding="utf-8")
    head = "member,given_name,family_name,street,postal_code,city,country,email,birthdate,language,acts,mandate_date"
    rows = [
        f"{name(n)},{GIVEN[n % 10]},{family(n)},Weg {n % 40},24105,Kiel,DE,m{n // 2 * 2}@heim.example,"
        f"{'' if n % 10 == 3 else f'19{50 + n % 50}-01-{1 + n % 28:02}'},de,{way(n)},{'2026-02-28' if at_stall(n) else ''}"
        for n in range(PEOPLE)
    ]
    (founded.folder / "people.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    founded("members", "import", founded.folder / "people.csv")
    founded("letters", "approve", *LETTERS, "--by", "Ada Beispiel")
    return founded


def stages(campaign) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in campaign.json("members", "list"):
        found[line["stage"]] = found.get(line["stage"], 0) + 1
    return found


def sign(campaign) -> None:
    """Who needs a mandate signs one; half of them let the campaign receive the answer."""
    blank = io.BytesIO()
    Image.new("L", (83, 117), "white").save(blank, "PDF")
    for receives in (True, False):
        folder = campaign.folder / f"scans-{receives}"
        folder.mkdir()
        for number in range(PEOPLE):
            if way(number) != "self" and (number % 4 < 2) == receives:
                (folder / f"{name(number)}.pdf").write_bytes(blank.getvalue() + b"%% signed by %d\n" % number)
        words = ("--receives",) if receives else ()
        campaign("mandates", "scan", folder, "--signed", "2026-03-02", "--paper", "folder 1", *words)


def mail(way: tuple[str, str, str], text: str, name: str, answers: str = "") -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = way
    made["Date"] = f"{'Fri, 10 Apr' if answers else 'Mon, 30 Mar'} 2026 10:00:00 +0200"
    made["Message-ID"] = f"<{name}@mail.example>"
    if answers:
        made["In-Reply-To"] = answers
    made.set_content(text)
    return made.as_bytes()


@pytest.mark.timeout(600)  # twenty seconds of work, on a machine that may have other things to do
def test_from_invitations_to_the_end(campaign, tmp_path, monkeypatch) -> None:
    campaign("members", "invite")
    signed = {number for number in range(PEOPLE) if at_stall(number) or way(number) == "self"}
    assert stages(campaign) == {"invited": PEOPLE - len(signed), "signed": len(signed)}
    sign(campaign)
    campaign.on("2026-03-04")("members", "verify", *map(name, range(PEOPLE)), *LOOKED)
    assert stages(campaign) == {"complete": PEOPLE - 20, "verified": 20}
    assert "20 mails lie in" in campaign("members", "missing", "--ask").output
    for number in range(3, PEOPLE, 10):
        campaign("members", "change", name(number), "--birthdate", "1980-02-03", "--evidence", "answer to our mail")
    assert stages(campaign) == {"complete": PEOPLE}

    campaign("plan")
    requests = {line["request"]: line for line in campaign.json("status")}
    assert len(requests) == 2 * PEOPLE
    campaign("letters", "approve", "--by", "Ada Beispiel")
    leaving = {name(number) for number in range(5, PEOPLE, LEAVE)}
    early = {name(number) for number in range(5, PEOPLE, 2 * LEAVE)}
    for member in early:
        campaign("members", "withdraw", member, "--all")
    for to in ("outbox", "print", "kit"):
        campaign("send", "--to", to, "--workers", "1")
    campaign("posted", *(f"2026-03-04-{to}-1" for to in ("outbox", "print", "kit")))
    sent = {one for one, line in requests.items() if line["member"] not in early}
    assert {line["request"] for line in campaign.json("status") if line["delivery"] == "sent"} == sent

    answered = _answers(campaign, requests, sorted(sent))
    campaign.on("2026-04-10")("ask")
    late = leaving - early
    _members_answer(campaign, late)
    for to in ("outbox", "print", "kit"):
        campaign("followup", "--to", to)
    silent = {one for one in sent - answered if requests[one]["member"] not in leaving}
    assert _reminded(campaign) == silent
    for member in late:
        campaign("members", "withdraw", member, "--all")
    assert stages(campaign) == {"complete": PEOPLE - len(leaving), "withdrawn": len(leaving)}
    assert len(leaving) == PEOPLE // LEAVE

    successor = _handed_over(campaign, tmp_path / "successor", monkeypatch)
    _ended(successor, {*map(family, range(PEOPLE)), *map(name, range(PEOPLE)), *requests, "heim.example"})


def _answers(campaign, requests: dict[str, dict[str, str]], sent: list[str]) -> set[str]:
    """Two of three are answered: some by mail, some at home."""
    answered = [one for place, one in enumerate(sent) if place % 3]
    at_home = answered[: int(len(answered) * HOME)]
    by_mail = [one for one in answered if one not in at_home]
    path = campaign.folder / "home.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("request", "event", "date", "received", "by", "evidence"))
        rows.writerows((one, "no-data", "2026-03-26", "2026-03-28", "member", "letter") for one in at_home)
    campaign.on("2026-03-30")("log", "--from", path)
    senders = {"nordlicht": "datenschutz@nordlicht.example", "suedstern": "auskunft@suedstern.example"}
    text = "wir haben keine Daten zu Ihrer Person gespeichert."
    campaign.arrives(
        *(
            mail((senders[requests[one]["controller"]], "campaign@mitmachen.example", f"Zu {one}"), text, one)
            for one in by_mail
        )
    )
    facts = {line["request"]: line["answer"] for line in campaign.json("status")}
    assert {one for one, answer in facts.items() if answer == "no data"} == set(answered)
    return set(answered)


def _members_answer(campaign, late: set[str]) -> None:
    """Each question is answered: nothing came; who wants to leave says so instead."""
    mails = []
    for path in sorted((campaign.folder / "questions").glob("*-ask-*.eml")):
        asked = email.message_from_bytes(path.read_bytes(), policy=default)
        member = Path(path).name[:9]
        text = "Ich möchte nicht mehr teilnehmen." if member in late else "Nichts.\n\nViele Grüße"
        mails.append(mail((str(asked["To"]), str(asked["Reply-To"]), "AW"), text, member, str(asked["Message-ID"])))
    campaign.arrives(*mails)
    held = {line["member"] for line in campaign.json("members", "list") if line["held"]}
    assert held <= late


def _reminded(campaign) -> set[str]:
    """The requests of which a reminder was written, by mail or on paper."""
    with campaign.vault().read() as connection:
        return {reference for reference, letter in outgoing.states(connection) if letter == "reminder"}


def _handed_over(campaign, folder: Path, monkeypatch: pytest.MonkeyPatch):
    """A new organiser restores the backup under a passphrase of their own; the former one keeps nothing."""
    before = campaign.json("status")
    campaign("campaign", "handover", "--to", "Verein Drei, Kai 9, 28195 Bremen", "--lang", "de")
    folder.mkdir()
    for path in (campaign.folder / "campaign.yaml", campaign.folder / "controllers.yaml"):
        shutil.copy(path, folder)
    (handed,) = (campaign.folder / "handover").glob("*.vault")
    copy = shutil.move(handed, folder.parent / "stick.vault")
    shutil.rmtree(campaign.folder)
    successor = type(campaign)(folder, monkeypatch).on("2026-04-12")
    successor("vault", "restore", copy)
    successor("vault", "rekey", answers=f"{SUCCESSOR}\n{SUCCESSOR}\n")
    successor("status", code=2)
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", SUCCESSOR)
    assert successor.json("status") == before
    return successor


def _ended(campaign, people: set[str]) -> None:
    """What is open is shown, the last report is written, the campaign ends; a year later nobody stands anywhere."""
    campaign("report", "--lang", "de")
    said = campaign("campaign", "close").output
    assert "1 reports and releases were written." in said
    campaign("campaign", "close", "--end", "--leave-open")
    assert "Nothing to write." in campaign("send", "--to", "outbox").output
    assert any(one in _everything(campaign) for one in people)
    campaign.on("2026-12-01")("campaign", "close", "--purge", "--yes", code=5)
    assert (
        "The vault holds nobody any more." in campaign.on("2027-04-12")("campaign", "close", "--purge", "--yes").output
    )
    everything = _everything(campaign)
    assert not [one for one in people if one in everything]
    assert {path.suffix for path in campaign.folder.rglob("*") if path.is_file()} <= {".yaml", ".html", ".db", ".lock"}


def _everything(campaign) -> str:
    """Every value in the vault, and every other file of the campaign."""
    vault = store.open_(campaign.folder, SUCCESSOR)
    with vault.read() as connection:
        rows = [str(tuple(row)) for table in schema.metadata.sorted_tables for row in connection.execute(select(table))]
    vault.close()
    files = [path for path in campaign.folder.rglob("*") if path.is_file() and ".db" not in path.name]
    return "\n".join([*rows, *(path.name + path.read_bytes().decode("utf-8", "replace") for path in files)])
