"""Mail from members: answers to what they were asked, wishes, forwards; it never speaks for a controller."""

import base64
import email
import io
from email.message import EmailMessage
from email.policy import default

import pytest
import segno

DUE = "2026-04-08"
JANA = "jana@heimpost.example"


@pytest.fixture
def asked(at):
    """Nobody has answered; every member was asked on 8 April."""
    return at("asked after a month", "sent", lambda campaign: campaign.on(DUE)("ask")).on(DUE)


def question(campaign, member: str):
    (path,) = (campaign.folder / "questions").glob(f"{member}-ask-*.eml")
    return email.message_from_bytes(path.read_bytes(), policy=default)


def answer(campaign, text: str, member: str = "MJANA0001", sender: str = JANA, name: str = "a1") -> bytes:
    asked = question(campaign, member)
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, asked["Reply-To"]
    mail["Subject"], mail["Date"] = f"AW: {asked['Subject']}", "Thu, 09 Apr 2026 10:00:00 +0200"
    mail["Message-ID"], mail["In-Reply-To"] = f"<{name}@mail.example>", asked["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in asked.get_content().splitlines())
    mail.set_content(f"{text}\n\nAm 08.04.2026 schrieb Initiative Mitmachen:\n{quoted}\n")
    return mail.as_bytes()


def facts(campaign, member: str = "jana") -> dict[str, tuple[str, str]]:
    return {name: campaign.fact(member, name)[2:] for name in ("nordlicht", "suedstern", "papierwerk")}


def test_nothing_came_closes_the_question_for_all_that_were_asked(asked) -> None:
    assert facts(asked)["suedstern"] == ("unknown", "wait")
    asked.on("2026-04-09").arrives(answer(asked, "Nichts.\n\nViele Grüße\nJana"))
    assert facts(asked)["suedstern"] == ("none", "remind")
    (line, *_) = asked.filed("<a1@mail.example>")
    assert (line["status"], line["evidence"]) == ("filed", "a member's answer")
    assert asked.fact("petra", "suedstern")[2:] == ("unknown", "wait")


def test_yes_without_the_answer_itself_waits_for_a_person_and_nobody_is_reminded(asked) -> None:
    asked.on("2026-04-09").arrives(answer(asked, "Ja, ein Brief ist gekommen."))
    assert facts(asked)["suedstern"] == ("unknown", "review a reply")
    drafts = asked("followup", "--dry-run").output
    assert asked.request("jana", "suedstern") not in drafts


def test_later_leaves_the_question_open(asked) -> None:
    asked.on("2026-04-09").arrives(answer(asked, "Später, ich schaue nach."))
    assert facts(asked)["suedstern"] == ("unknown", "wait")
    assert {line["status"] for line in asked.filed("<a1@mail.example>")} == {"filed"}


def test_each_request_has_its_own_answer(asked) -> None:
    one, two = asked.request("jana", "suedstern"), asked.request("jana", "nordlicht")
    asked.on("2026-04-09").arrives(answer(asked, f"{one}: nichts\n{two}: ja"))
    assert asked.fact("jana", "papierwerk")[2:] == ("unknown", "wait")
    assert asked.fact("jana", "nordlicht")[2:] == ("unknown", "review a reply")
    assert asked.fact("jana", "suedstern")[2] == "none"


@pytest.mark.parametrize(
    "text",
    [
        "Nichts, aber gestern hat jemand angerufen.",
        "Wir haben Ihre Daten gelöscht.",
        "Anbei die Auskunft über Ihre Daten.",
    ],
)
def test_a_members_own_words_set_no_controllers_answer(asked, text: str) -> None:
    asked.on("2026-04-09").arrives(answer(asked, text))
    assert {found[0] for found in facts(asked).values()} == {"unknown"}
    assert {line["status"] for line in asked.filed("<a1@mail.example>")} == {"review"}


def test_a_wish_to_withdraw_holds_all_sending_until_a_person_decides(asked) -> None:
    asked.on("2026-04-09").arrives(answer(asked, "Nichts.", "MPETRA002", "petra@heimpost.example", name="p"))
    asked.arrives(answer(asked, "Ich möchte nicht mehr teilnehmen."))
    one = asked.request("jana", "suedstern")
    asked("log", one, "member-reported", "--by", "member")
    asked("followup")
    assert not [name for name in asked.letters("reminder") if name == one]
    assert asked.letters("reminder").keys() >= {asked.request("petra", "suedstern")}
    asked("members", "stay", "MJANA0001", "--evidence", "phone call")
    asked("followup")
    assert one in asked.letters("reminder")
    assert "No wish of MJANA0001" in asked("members", "stay", "MJANA0001", "--evidence", "again", code=5).output


def test_a_no_to_another_question_is_no_report(asked) -> None:
    """Such as: may we complain? Whether anything came stays unknown."""
    mail = answer(asked, "Nein.").replace(b".ask.", b".ask-complaint.")
    asked.on("2026-04-09").arrives(mail)
    assert {found[0] for found in facts(asked).values()} == {"unknown"}


def test_a_couple_with_one_mailbox_is_told_apart_by_what_was_answered(at) -> None:
    campaign = at("sent")
    campaign("members", "change", "MPETRA002", "--email", JANA)
    campaign.on(DUE)("ask")
    campaign.on("2026-04-09").arrives(answer(campaign, "Nichts.", "MPETRA002"))
    assert campaign.fact("petra", "suedstern")[2:] == ("none", "remind")
    assert campaign.fact("jana", "suedstern")[2:] == ("unknown", "wait")


def test_a_forward_is_the_controllers_reply_even_from_a_former_address(asked) -> None:
    asked("members", "change", "MEMRE0004", "--email", "emre@neu.example")
    inner = EmailMessage()
    inner["From"], inner["To"] = "auskunft@suedstern.example", "emre@heimpost.example"
    inner["Subject"], inner["Date"] = "AW: Ihre Anfrage", "Tue, 07 Apr 2026 10:00:00 +0200"
    reference = asked.request("emre", "suedstern")
    inner.set_content(f"Zu {reference}: Wir haben keine Daten zu Ihrer Person gespeichert.\n")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "emre@heimpost.example", "campaign@mitmachen.example", "WG: Anfrage"
    outer["Message-ID"], outer["Date"] = "<f@mail.example>", "Thu, 09 Apr 2026 10:00:00 +0200"
    outer.set_content("Das kam gestern.\n")
    outer.add_attachment(inner)
    asked.on("2026-04-09").arrives(outer.as_bytes())
    assert asked.fact("emre", "suedstern")[:3] == ("received", "stopped", "no data")


@pytest.mark.parametrize("name", ["Personalausweis.jpg", "IMG_0001.jpg"])
def test_no_copy_of_an_identity_document_enters_the_vault(asked, name: str) -> None:
    asked_mail = question(asked, "MJANA0001")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = JANA, asked_mail["Reply-To"], "<i@mail.example>"
    mail.set_content("Ich habe der Firma diese Kopie meines Ausweises geschickt.\n")
    mail.add_attachment(b"\xff\xd8\xff secret picture", maintype="image", subtype="jpeg", filename=name)
    asked.on("2026-04-09").arrives(mail.as_bytes())
    with asked.vault().read() as connection:
        from rightskit.vault import check, messages

        (kept,) = [one for one in messages.all_messages(connection) if one.message_id == "<i@mail.example>"]
        raw = messages.fetch(connection, kept.id)
        assert b"was not kept" in raw
        assert b"secret" not in raw
        assert b"c2VjcmV0" not in raw
        assert list(check.problems(connection)) == []
    asked.arrives()
    with asked.vault().read() as connection:
        assert len([one for one in messages.all_messages(connection) if one.message_id == "<i@mail.example>"]) == 1


def with_picture(campaign, text: str, content: bytes, answers: str = "") -> bytes:
    """What the vault keeps of Jana's mail with a picture that no name tells of."""
    from rightskit.vault import messages

    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = JANA, "campaign@mitmachen.example", "<pic@mail.example>"
    mail["Subject"], mail["Date"] = "Foto", "Thu, 09 Apr 2026 10:00:00 +0200"
    if answers:
        mail["In-Reply-To"] = answers
    mail.set_content(text)
    mail.add_attachment(content, maintype="image", subtype="png", filename="IMG_0001.png")
    campaign.on("2026-04-09").arrives(mail.as_bytes())
    with campaign.vault().read() as connection:
        (kept,) = [one for one in messages.all_messages(connection) if one.message_id == "<pic@mail.example>"]
        return messages.fetch(connection, kept.id)


def code_of(member: str) -> bytes:
    target = io.BytesIO()
    segno.make(f"rightskit form {member}", error="m").save(target, kind="png", scale=12, border=6)
    return target.getvalue()


PICTURE = b"\x89PNG secret picture"
MAY_BE = b"may be a copy of an identity document"


def test_a_picture_of_who_must_prove_who_they_are_is_not_kept(asked) -> None:
    asked("log", asked.request("jana", "suedstern"), "identity-demanded", "--by", "controller", "--date", "2026-04-01")
    kept = with_picture(asked, "Hier ist das Foto.\n", PICTURE)
    assert MAY_BE in " ".join(kept.decode().split()).encode()
    assert base64.b64encode(PICTURE)[:12] not in kept
    assert {line["status"] for line in asked.filed("<pic@mail.example>")} == {"review"}


def test_a_picture_in_answer_to_what_a_member_was_asked_for_is_kept_only_if_it_is_our_form(asked) -> None:
    thread = "<MJANA0001.missing.0123456789ab@mitmachen.example>"
    form = code_of("MJANA0001")
    assert base64.b64encode(form)[:40] in with_picture(asked, "Unterschrieben.\n", form, thread)


def test_a_picture_of_who_was_asked_for_nothing_is_kept(asked) -> None:
    """A letter that came home, as a photo."""
    assert base64.b64encode(PICTURE)[:12] in with_picture(asked, "Das kam gestern mit der Post.\n", PICTURE)


def test_a_picture_of_who_joins_is_not_kept(at) -> None:
    assert base64.b64encode(PICTURE)[:12] not in with_picture(at("joined"), "Anbei.\n", PICTURE)
