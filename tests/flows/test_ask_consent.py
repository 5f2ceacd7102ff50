"""A member is shown the consent text by mail; a plain yes or no to each purpose is kept, all else is for a person."""

import email
from email.message import EmailMessage
from email.policy import default

import pytest

from rightskit.vault import members, membership

EMRE, EMRES, JANA = "MEMRE0004", "emre@heimpost.example", "MJANA0001"
TEXT = "Ich bin einverstanden."


def _ask(campaign, scopes: str = "statistics") -> None:
    path = campaign.folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("scopes: [statistics]", f"scopes: [{scopes}]"), encoding="utf-8")
    campaign("letters", "approve", "ask-consent", "--by", "Ada Beispiel")
    campaign("ask", "--consent")


def _ask_for_two(campaign) -> None:
    _ask(campaign, "statistics, research")


@pytest.fixture
def asked(at):
    """On 2 March, Emre and Hanna were asked for one purpose; the others had agreed on the form."""
    return at("asked for consent", "planned", _ask)


@pytest.fixture
def asked_twice(at):
    """Likewise, for two purposes."""
    return at("asked for two consents", "planned", _ask_for_two)


def question(campaign, member: str = EMRE) -> EmailMessage:
    (path,) = (campaign.folder / "questions").glob(f"{member}-ask-consent-*.eml")
    return email.message_from_bytes(path.read_bytes(), policy=default)


def answer(campaign, text: str, *, sender: str = EMRES, name: str = "a1", day: int = 3) -> bytes:
    """What Emre writes back, with the question quoted below it."""
    shown = question(campaign)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, shown["Reply-To"], f"AW: {shown['Subject']}"
    mail["Date"] = f"Tue, {day:02} Mar 2026 18:00:00 +0100"
    mail["Message-ID"], mail["In-Reply-To"] = f"<{name}@mail.example>", shown["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in shown.get_body(("plain",)).get_content().splitlines())
    mail.set_content(f"{text}\n\nAm 02.03.2026 schrieb Initiative Mitmachen:\n{quoted}\n")
    return mail.as_bytes()


def consent(campaign, member: str = EMRE) -> tuple[str, tuple[str, ...], str]:
    with campaign.vault().read() as connection:
        (one,) = members.all_members(connection, [member])
    return one.consent_version, one.consent_scope, str(one.consent_date or "")


def told(campaign, member: str = EMRE) -> list[tuple[str, str, str]]:
    with campaign.vault().read() as connection:
        events = membership.events_by_member(connection, member)[member]
    return [
        (event.kind.value, str(event.happened), event.detail["scopes"])
        for event in events
        if event.kind in {"agreed", "declined"} and event.source == "message"
    ]


def test_who_has_not_agreed_reads_the_very_text_once(asked) -> None:
    assert {path.name[:9] for path in (asked.folder / "questions").glob("*-ask-consent-*")} == {EMRE, "MHANNA006"}
    mail = question(asked)
    (part,) = mail.iter_attachments()
    assert part.get_content().strip() == TEXT
    assert "Statistik: " in mail.get_body(("plain",)).get_content()
    assert "Forschung" not in mail.get_body(("plain",)).get_content()
    assert "Nobody has to be asked." in asked.on("2026-06-01")("ask", "--consent").output


@pytest.mark.parametrize(
    "text", ["Ja.", "Ja, ich bin einverstanden.\n\nViele Grüße\nEmre", "Statistik: ja", "Oui.", "Yes, I agree."]
)
def test_a_plain_yes_is_a_consent_with_its_day_and_its_mail(asked, text: str) -> None:
    asked.on("2026-03-04").arrives(answer(asked, text))
    assert consent(asked) == ("1", ("statistics",), "2026-03-03")
    assert told(asked) == [("agreed", "2026-03-03", "statistics")]
    assert {line["status"] for line in asked.filed("<a1@mail.example>")} == {"filed"}


@pytest.mark.parametrize("text", ["Nein.", "Nein danke.", "Non merci.", "No, thank you."])
def test_a_plain_no_is_kept_and_nobody_asks_again(asked, text: str) -> None:
    asked.on("2026-03-04").arrives(answer(asked, text))
    assert consent(asked) == ("", (), "")
    assert told(asked) == [("declined", "2026-03-03", "statistics")]
    numbers = {line["members"]: line["number"] for line in asked.json("status", "--members")}
    assert numbers["said no"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ja, aber nicht meine Adresse.",
        "Ja, wenn es anonym ist.",
        "Was heißt das?",
        "Ich überlege es mir.",
        "Forschung: ja",
        "Ja und nein.",
    ],
)
def test_what_says_more_or_other_things_is_for_a_person(asked, text: str) -> None:
    asked.on("2026-03-04").arrives(answer(asked, text))
    assert consent(asked) == ("", (), "")
    assert told(asked) == []
    assert {line["status"] for line in asked.filed("<a1@mail.example>")} == {"review"}


@pytest.mark.parametrize(
    ("text", "scopes", "events"),
    [
        ("Statistik: ja\nForschung: nein", ("statistics",), {"agreed": "statistics", "declined": "research"}),
        ("Statistik: ja\nForschung: ja\n\nEmre", ("statistics", "research"), {"agreed": "statistics research"}),
        (
            "Statistiques\u00a0: oui\nRecherche : non merci",
            ("statistics",),
            {"agreed": "statistics", "declined": "research"},
        ),
        ("Statistics: yes\nResearch: yes, I agree", ("statistics", "research"), {"agreed": "statistics research"}),
        ("Nein.", (), {"declined": "statistics research"}),
        ("Ja.", (), {}),  # to which of the two?
        ("Statistik: ja", (), {}),
        ("Statistik ja, Forschung nein", (), {}),
        ("Statistik: ja\nForschung: vielleicht", (), {}),
    ],
)
def test_each_purpose_has_its_own_answer(asked_twice, text: str, scopes, events) -> None:
    asked_twice.on("2026-03-04").arrives(answer(asked_twice, text))
    assert consent(asked_twice)[1] == scopes
    assert {kind: said for kind, _, said in told(asked_twice)} == events


def test_a_yes_to_another_text_or_out_of_the_thread_counts_for_nothing(asked) -> None:
    loose = answer(asked, "Ja.", name="l1").replace(b"In-Reply-To:", b"X-Was:")
    stranger = answer(asked, "Ja.", sender="fremd@anderswo.example", name="s1")
    partner = answer(asked, "Ja.", sender="jana@heimpost.example", name="p1")
    asked.on("2026-03-04").arrives(loose, stranger, partner)
    assert consent(asked) == ("", (), "")
    path = asked.folder / "campaign.yaml"
    path.write_text(path.read_text("utf-8").replace(TEXT, "Ich bin mit allem einverstanden."), "utf-8")
    asked.arrives(answer(asked, "Ja.", name="late"))
    assert consent(asked) == ("", (), "")
    assert told(asked) == told(asked, JANA) == []


def test_a_second_word_is_for_a_person(asked) -> None:
    asked.on("2026-03-04").arrives(answer(asked, "Ja."))
    asked.on("2026-03-05").arrives(answer(asked, "Nein.", name="a2", day=4))
    assert consent(asked)[1] == ("statistics",)
    assert {line["status"] for line in asked.filed("<a2@mail.example>")} == {"review"}


def test_who_withdrew_a_consent_is_not_asked_for_it_again(at) -> None:
    campaign = at("planned")
    campaign("members", "withdraw", JANA, "--consent")
    _ask(campaign)
    assert not list((campaign.folder / "questions").glob(f"{JANA}-*"))


def test_a_campaign_that_asks_for_nothing_says_so(at) -> None:
    campaign = at("planned")
    path = campaign.folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("consent:")
    path.write_text(text[:start] + text[text.index("recipes:") :], encoding="utf-8")
    assert "asks its members for no consent" in campaign("ask", "--consent", code=5).output
