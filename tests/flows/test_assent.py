"""A letter under Art. 21(1) leaves only with its member's yes to the very text; anything else asks again."""

from __future__ import annotations

import email
import mailbox
from email.message import EmailMessage
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from probe_texts import ACCESS, OBJECTION

from rightskit.vault import membership

if TYPE_CHECKING:
    from pathlib import Path

JANA, PETRA, EMRE = "MJANA0001", "MPETRA002", "MEMRE0004"
LETTER = "objection-situation"
WHY = {JANA: "Eine frühere Adresse ist einem Stalker bekannt.", PETRA: "Ich arbeite in einer Schutzeinrichtung."}
HELD = "the member has not approved it as it stands (rightskit ask --objections)"


def _object(campaign: Any) -> None:
    campaign.rewrite("campaign.yaml", ("ways: [own-name]", "ways: [own-name, self]"), (ACCESS, OBJECTION))
    for name, why in {**WHY, EMRE: "Ich bin Zeuge in einem Verfahren."}.items():
        campaign("members", "reason", name, "--text", why)
    campaign("members", "change", EMRE, "--acts", "self")
    campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("ask", "--objections")


@pytest.fixture
def shown(at: Any) -> Any:
    """Jana, Petra and Emre, who acts alone, have been shown their letters to suedstern on 2 March."""
    return at("objections shown", "joined", _object)


def question(campaign: Any, member: str) -> tuple[EmailMessage, dict[str, str]]:
    (path,) = (campaign.folder / "questions").glob(f"{member}-ask-objection-*.eml")
    mail: EmailMessage = email.message_from_bytes(path.read_bytes(), policy=default)
    return mail, {str(part.get_filename()): part.get_content() for part in mail.iter_attachments()}


def agree(campaign: Any, *members: str) -> None:
    own = {line["member"]: line["request"] for line in campaign.json("status")}
    campaign.note("letter-approved", [own[name] for name in members], "2026-03-02")


def ready(campaign: Any) -> set[str]:
    members = {line["request"]: line["member"] for line in campaign.json("status")}
    return {members[name] for name in campaign.letters(LETTER)}


def test_the_member_reads_the_very_letter(shown: Any) -> None:
    mail, files = question(shown, JANA)
    reference = shown.request("jana", "suedstern")
    assert set(files) == {f"{reference}.txt"}
    assert reference in str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    agree(shown, JANA)
    shown("send", "--to", "outbox", code=3)
    sent = shown.letter("jana", "suedstern", LETTER).text.split()
    assert WHY[JANA].split()[0] in sent
    assert files[f"{reference}.txt"].split()[-len(sent) :] == sent


def test_only_what_was_approved_leaves_and_the_rest_is_told(shown: Any) -> None:
    agree(shown, JANA)
    assert (
        "2 letters under Art. 21(1) must wait for the member's yes: rightskit ask --objections" in shown("due").output
    )
    said = shown("send", "--to", "outbox", "--dry-run").output
    assert f"{shown.request('petra', 'suedstern')} would be stopped: {HELD}" in said
    assert "1 letter would be written" in said
    said = shown("send", "--to", "outbox", code=3).output
    assert f"{shown.request('petra', 'suedstern')} was stopped: {HELD}" in said
    assert ready(shown) == {JANA}
    agree(shown, PETRA)
    shown("send", "--to", "outbox")
    assert ready(shown) == {JANA, PETRA}


def test_a_kit_is_made_once_its_member_has_said_yes(shown: Any) -> None:
    assert HELD in shown("send", "--to", "kit", code=3).output
    assert not list((shown.folder / "kit").rglob("RK-*"))
    agree(shown, EMRE)
    shown("send", "--to", "kit")
    assert list((shown.folder / "kit").rglob(f"{EMRE}/*-objection-situation.pdf"))


def test_by_smtp_nothing_leaves_without_it(shown: Any) -> None:
    from rightskit import paths

    path = paths.config_dir() / "accounts.yaml"
    path.write_text(
        path.read_text("utf-8") + "    smtp: {host: 127.0.0.1, port: 9, security: none-on-loopback}\n", "utf-8"
    )
    agree(shown, JANA)
    said = shown("send", "--to", "smtp", "--dry-run").output
    assert f"{shown.request('petra', 'suedstern')} is held: {HELD}" in said
    assert "1 letter would leave." in said


CHANGES = {
    "reasons": lambda campaign: campaign("members", "reason", JANA, "--text", "Etwas anderes."),
    "the member's address": lambda campaign: campaign("members", "change", JANA, "--street", "Am Deich 4"),
    "the controller's address": lambda campaign: _edit(
        campaign.folder / "controllers.yaml", "auskunft@suedstern", "datenschutz@suedstern"
    ),
}
"""What changes a letter, of the member's or of the controller's."""


@pytest.mark.parametrize("what", [*CHANGES, "the letter's body"])
def test_another_text_asks_again(shown: Any, what: str) -> None:
    agree(shown, JANA)
    CHANGES.get(what, _own_letter)(shown)
    assert HELD in shown("send", "--to", "outbox", code=3).output
    assert ready(shown) == set()
    shown("ask", "--objections")
    agree(shown, JANA)
    shown("send", "--to", "outbox", code=3)
    assert ready(shown) == {JANA}


def _edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def _own_letter(campaign: Any) -> None:
    from rightskit import paths

    own = campaign.folder / "letters" / "de"
    own.mkdir(parents=True)
    text = (paths.shipped("letters") / "de" / f"{LETTER}.md").read_text(encoding="utf-8")
    (own / f"{LETTER}.md").write_text(text.replace("Bitte bestätigen Sie", "Bestätigen Sie bitte"), encoding="utf-8")
    campaign("letters", "approve", "--by", "Ada Beispiel")


def test_another_day_does_not(shown: Any) -> None:
    agree(shown, JANA)
    shown.on("2026-03-20")("send", "--to", "outbox", code=3)
    assert ready(shown) == {JANA}


def test_a_no_is_kept_shown_and_not_asked_again(shown: Any) -> None:
    reference = shown.request("jana", "suedstern")
    shown("log", reference, "letter-declined", "--by", "member")
    said = shown("send", "--to", "outbox", code=3).output
    assert f"{reference} was stopped: the member does not want it to be sent" in said
    said = shown.on("2026-04-20")("ask", "--objections").output
    assert "2 mails about 2 objections" in said
    assert f"{reference} is not sent: its member does not want it as it stands." in said
    assert "letter-declined" in shown("status", reference).output
    shown("members", "reason", JANA, "--text", "So stimmt es.")
    assert "1 mails about 1 objections" in shown("ask", "--objections").output


def test_nobody_is_asked_twice_about_one_text_within_a_fortnight(shown: Any) -> None:
    assert "Nobody has to be asked about an objection." in shown.on("2026-03-10")("ask", "--objections").output
    assert "3 mails about 3 objections" in shown.on("2026-03-17")("ask", "--objections").output


def test_a_yes_counts_for_what_was_shown_when_it_was_given(shown: Any) -> None:
    """The text was changed after the mail left: a yes on the phone is one to the old text."""
    shown("members", "reason", JANA, "--text", "Etwas anderes.")
    agree(shown, JANA)
    assert HELD in shown("send", "--to", "outbox", code=3).output


def test_nobody_can_say_yes_to_what_they_have_not_seen(at: Any) -> None:
    campaign = at("planned")
    reference = campaign.request("jana", "suedstern")
    said = campaign("log", reference, "letter-approved", code=5).output
    assert "The member was not shown this text." in said
    path = campaign.folder / "yes.csv"
    path.write_text(f"request,event,date\n{reference},complaint-authorised,2026-03-02\n", encoding="utf-8")
    said = campaign("log", "--from", path, code=3).output
    assert "yes.csv:2 [event]: The member was not shown this text." in said
    assert "rightskit followup --authorise" in said


def test_who_has_no_mail_address_gets_it_by_post(shown: Any) -> None:
    shown("members", "change", JANA, "--email", "")
    said = shown("ask", "--objections").output
    assert f"{JANA} has no mail address: print {JANA}-ask-objection-*.pdf and post it." in said
    (path,) = (shown.folder / "questions").glob(f"{JANA}-ask-objection-*.pdf")
    assert path.read_bytes().startswith(b"%PDF")
    agree(shown, JANA)
    assert "was stopped" not in [
        line
        for line in shown("send", "--to", "outbox", code=3).output.splitlines()
        if shown.request("jana", "suedstern") in line
    ]


def test_a_no_that_comes_while_letters_are_written_still_counts(shown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from rightskit.flows import dispatch

    agree(shown, JANA, PETRA)
    real = dispatch.evidence.put

    def late(workspace: Any, drafts: Any) -> Any:
        shown("log", shown.request("jana", "suedstern"), "letter-declined", "--by", "member")
        return real(workspace, drafts)

    monkeypatch.setattr(dispatch.evidence, "put", late)
    said = shown("send", "--to", "outbox", code=3).output
    assert "the member has said no to it since this was begun" in said
    assert ready(shown) == {PETRA}


def replied(campaign: Any, member: str, text: str, sender: str, *, name: str = "a1") -> bytes:
    """A member's answer to the mail that showed them a text, with that mail quoted below it."""
    asked, _ = question(campaign, member)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, asked["Reply-To"], f"AW: {asked['Subject']}"
    mail["Date"] = "Mon, 02 Mar 2026 18:00:00 +0100"
    mail["Message-ID"], mail["In-Reply-To"] = f"<{name}@mail.example>", asked["Message-ID"]
    body = asked.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines()) if body else ""
    mail.set_content(f"{text}\n\nAm 02.03.2026 schrieb Initiative Mitmachen:\n{quoted}\n")
    return mail.as_bytes()


def arrives(campaign: Any, *mails: bytes) -> None:
    """The mails come into a Maildir, and are read."""
    box = mailbox.Maildir(campaign.folder / "Maildir")
    for raw in mails:
        box.add(raw)
    campaign("sync", "--from", campaign.folder / "Maildir")


JANAS, PETRAS = "jana@heimpost.example", "petra@heimpost.example"


@pytest.mark.parametrize(
    "text",
    [
        "Ja, bitte absenden.\n\nViele Grüße\nJana",
        "Oui, je suis d’accord.\n\nMerci\nJana",
        "Yes, please send it.\n\nJana",
    ],
)
def test_a_plain_yes_by_mail_lets_the_letter_leave(shown: Any, text: str) -> None:
    arrives(shown, replied(shown, JANA, text, JANAS))
    (line,) = shown.filed("<a1@mail.example>")
    assert (line["status"], line["request"]) == ("filed", shown.request("jana", "suedstern"))
    shown("send", "--to", "outbox", code=3)
    assert ready(shown) == {JANA}


@pytest.mark.parametrize("text", ["Nein.", "Non merci.", "No, please do not send it."])
def test_a_plain_no_by_mail_is_kept(shown: Any, text: str) -> None:
    agree(shown, PETRA)
    arrives(shown, replied(shown, JANA, text, JANAS))
    said = shown("send", "--to", "outbox", code=3).output
    assert f"{shown.request('jana', 'suedstern')} was stopped: the member does not want it to be sent" in said
    assert ready(shown) == {PETRA}


@pytest.mark.parametrize(
    "text",
    ["Ja, aber die Straße stimmt nicht.", "Ja, ohne den zweiten Satz.", "Oui, sauf la fin.", "Yes, except the end."],
)
def test_what_says_more_is_for_a_person(shown: Any, text: str) -> None:
    arrives(shown, replied(shown, JANA, text, JANAS))
    assert {line["status"] for line in shown.filed("<a1@mail.example>")} == {"review"}
    assert HELD in shown("send", "--to", "outbox", code=3).output
    assert ready(shown) == set()


def test_a_yes_from_elsewhere_or_out_of_the_thread_counts_for_nothing(shown: Any) -> None:
    stranger = replied(shown, JANA, "Ja.", "fremd@anderswo.example", name="s1")
    partner = replied(shown, JANA, "Ja.", PETRAS, name="p1")
    loose = replied(shown, JANA, "Ja.", JANAS, name="l1")
    loose = loose.replace(b"In-Reply-To:", b"X-Was:")
    arrives(shown, stranger, partner, loose)
    shown("send", "--to", "outbox", code=3)
    assert ready(shown) == set()


def test_a_yes_to_the_earlier_mail_is_no_yes_to_the_later_text(shown: Any) -> None:
    early = replied(shown, JANA, "Ja.", JANAS)
    shown("members", "reason", JANA, "--text", "Etwas anderes.")
    shown("ask", "--objections", shown.folder / "again")
    arrives(shown, early)
    assert HELD in shown("send", "--to", "outbox", code=3).output
    assert ready(shown) == set()


def test_a_no_on_a_later_day_takes_the_yes_back(shown: Any) -> None:
    arrives(shown, replied(shown, JANA, "Ja.", JANAS))
    later = replied(shown, JANA, "Nein.", JANAS, name="a2").replace(b"Mon, 02 Mar", b"Tue, 03 Mar")
    shown.on("2026-03-03")
    arrives(shown, later)
    assert "the member does not want it to be sent" in shown("send", "--to", "outbox", code=3).output
    assert ready(shown) == set()


def test_a_yes_and_a_no_of_one_day_are_for_a_person(shown: Any) -> None:
    arrives(shown, replied(shown, JANA, "Nein.", JANAS))
    arrives(shown, replied(shown, JANA, "Ja.", JANAS, name="a2"))
    assert HELD in shown("send", "--to", "outbox", code=3).output
    agree(shown, JANA)
    shown("send", "--to", "outbox", code=3)
    assert ready(shown) == {JANA}


def test_a_wish_to_leave_is_heard_whatever_was_asked(shown: Any) -> None:
    arrives(shown, replied(shown, JANA, "Nein, ich möchte nicht mehr teilnehmen.", JANAS))
    with shown.vault().read() as connection:
        assert membership.held(connection) == {JANA}
