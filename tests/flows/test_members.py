"""From an invitation to being complete: forms, changes, what is missing, and what the vault must never hold."""

import email
import json
from email.policy import default

import pytest

from rightskit.files import pdftext

JANA, EMRE, TAMAR, HANNA = "MJANA0001", "MEMRE0004", "MTAMAR005", "MHANNA006"
LETTERS = ("invite", "missing", "form-mandate", "form-receive", "form-consent", "identity-sheet")


@pytest.fixture
def joined(at):
    campaign = at("joined")
    campaign("letters", "approve", *LETTERS, "--by", "Ada Beispiel")
    return campaign


def lines(campaign, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run(campaign, *words, "--json").stdout.splitlines()]


def run(campaign, *words: str, code: int = 0, answers: str | None = None):
    """A command that may name members: the list, and the dialogue."""
    from typer.testing import CliRunner

    from rightskit.cli.main import app

    result = CliRunner().invoke(app, ["-C", str(campaign.folder), *words], input=answers)
    assert result.exit_code == code, result.output
    return result


def stage(campaign, member: str) -> object:
    return next(line["stage"] for line in lines(campaign, "members", "list") if line["member"] == member)


def mails(campaign, folder: str) -> dict[str, object]:
    paths = sorted((campaign.folder / folder).glob("*.eml"))
    return {path.name[:9]: email.message_from_bytes(path.read_bytes(), policy=default) for path in paths}


def test_an_invitation_says_what_to_do_and_brings_the_forms(joined) -> None:
    assert "1 mail lies in" in joined("members", "invite").output, "the others have signed"
    mail = mails(joined, "invitations")[HANNA]
    assert (mail["To"], mail["Reply-To"]) == ("hanna@heimpost.example", "campaign+mhanna006@mitmachen.example")
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    for part in ("Guten Tag Hanna", "Was wissen sie?", "Nordlicht GmbH", HANNA, "zweite Weg", "Mit Vollmacht"):
        assert part in text
    sheets = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert sorted(sheets) == [f"{HANNA}-form-{name}.pdf" for name in ("consent", "mandate", "receive")]
    form = " ".join("\n".join(pdftext.pages(sheets[f"{HANNA}-form-mandate.pdf"])).split())
    extent = ("Daten: alle personenbezogenen Daten", "Dauer: vom Tag der Unterschrift bis zum Ende der Kampagne")
    for part in ("Hanna Moreau", "Südstern Versand AG", "bevollmächtige Initiative Mitmachen", HANNA, *extent):
        assert part in form
    assert stage(joined, HANNA) == "invited"
    assert "Nobody has to be invited." in joined("members", "invite").output


def test_nothing_is_written_to_members_that_nobody_approved(at) -> None:
    campaign = at("joined")
    assert "No text goes out that nobody approved" in campaign("members", "invite", code=5).output
    assert not (campaign.folder / "invitations").exists()


def test_a_member_becomes_complete_step_by_step(joined) -> None:
    assert stage(joined, HANNA) == "new"
    joined("members", "invite")
    joined("mandates", "add", HANNA, "--signed", "2026-03-02", "--paper", "folder 1")
    assert stage(joined, HANNA) == "signed"
    refused = joined("members", "verify", TAMAR, "MNOBODY00", "--by", "Ada", "--evidence", "scan", code=4)
    assert "There is no member MNOBODY00." in refused.output
    assert stage(joined, TAMAR) == "signed"
    joined("members", "verify", HANNA, TAMAR, "--by", "Ada Beispiel", "--evidence", "scan")
    assert (stage(joined, HANNA), stage(joined, TAMAR)) == ("complete", "verified")
    joined.on("2026-03-05")("members", "change", TAMAR, "--birthdate", "1990-01-02", "--evidence", "phone call")
    assert stage(joined, TAMAR) == "complete"
    joined("mandates", "revoke", HANNA)
    assert stage(joined, HANNA) == "invited"
    joined("members", "withdraw", TAMAR, "--died", "2026-03-04")
    assert stage(joined, TAMAR) == "withdrawn"
    shown = run(joined, "members", "show", TAMAR).output
    for words in ("verified", "scan", "the member has died", "phone call"):
        assert words in shown
    assert (
        "is withdrawn: there is no signature to verify"
        in joined("members", "verify", TAMAR, "--by", "A", "--evidence", "scan", code=5).output
    )


def test_one_mail_asks_for_everything_at_once(joined) -> None:
    found = lines(joined, "members", "missing")
    assert [(line["member"], line["lacks"], line["for"]) for line in found] == [
        (TAMAR, "birthdate", "nordlicht"),
        (HANNA, "mandate", "nordlicht suedstern papierwerk"),
    ]
    assert "2 mails lie in" in joined("members", "missing", "--ask").output
    text = " ".join(mails(joined, "questions")[TAMAR].get_content().split())
    assert "- Ihr Geburtsdatum (für Auskunftei Nordlicht GmbH)" in text
    assert "Nobody has to be asked." in joined("members", "missing", "--ask").output
    assert "2 mails lie in" in joined.on("2026-03-16")("members", "missing", "--ask").output


def test_who_has_no_mail_address_is_named(joined) -> None:
    joined("members", "change", TAMAR, "--email", "")
    said = joined("members", "missing", "--ask").output
    assert f"{TAMAR} has no mail address: speak to them" in said


def test_a_changed_name_address_or_mail_is_the_same_member(joined) -> None:
    words = ("--family-name", "Beispiel", "--email", "jana@neu.example", "--date", "2026-03-01", "--evidence", "mail")
    assert "family_name" in joined("members", "change", JANA, *words).output
    (line,) = [line for line in lines(joined, "members", "list") if line["member"] == JANA]
    assert line["name"] == "Jana Beispiel"
    with joined.vault().read() as connection:
        from rightskit.vault import membership

        changed = membership.events_by_member(connection, JANA)[JANA][-1]
    assert dict(changed.detail) == {"family_name": "Özdemir", "email": "jana@heimpost.example"}
    assert "nothing changed" in joined("members", "change", JANA, "--family-name", "Beispiel").output
    for given, sentence in {
        ("--email", "jana"): "email: not a mail address",
        ("--birthdate", "31.2.1990"): "birthdate: not a date",
        ("--id", "suedstern=47"): "suedstern needs no identifier of its own",
        ("--city", "Kiel", "--date", "2026-03-09"): "2026-03-09 lies ahead",
    }.items():
        assert sentence in joined("members", "change", JANA, *given, code=5).output


def test_columns_of_a_form_tool_are_mapped_once(at) -> None:
    campaign = at("founded")
    head = "Zeitstempel;Vorname;Nachname;Straße\n"
    path = campaign.folder / "answers.csv"
    path.write_text(f"{head}1.3.2026 12:00;Ada;Beispiel;Weg 1\n", encoding="utf-8")
    said = campaign("members", "import", path, code=3).output
    assert "[Zeitstempel]: this column is not known — say which column it is: --map 'Zeitstempel=given_name'" in said
    mapped = ("Zeitstempel=", "Vorname=given_name", "Nachname=family_name", "Straße=street")
    campaign("members", "import", path, *(word for one in mapped for word in ("--map", one)))
    path.write_text(f"{head}1.3.2026 12:00;Ada;Beispiel;Weg 1\n2.3.2026 9:00;Ben;Muster;\n", encoding="utf-8")
    assert "1 member imported, 1 were known." in campaign("members", "import", path).output
    assert "'strasse' is no column." in campaign("members", "import", path, "--map", "Ort=strasse", code=2).output
    assert "Vorname: given_name" in (campaign.folder / "columns.yaml").read_text(encoding="utf-8")


def test_what_nobody_needs_is_not_collected_and_the_dead_are_not_processed(at) -> None:
    campaign = at("founded")
    path = campaign.folder / "more.csv"
    path.write_text("given_name,family_name,id:suedstern\nAda,Beispiel,47\n", encoding="utf-8")
    assert "suedstern needs no identifier of its own" in campaign("members", "import", path, code=3).output
    path.write_text("given_name,family_name,died\nAda,Beispiel,2020-01-01\nBen,Muster,\n", encoding="utf-8")
    said = campaign("members", "import", path, "--keep-valid").output
    assert "the GDPR does not protect the dead (recital 27)" in said
    assert "1 member imported" in said


def test_a_member_is_added_question_by_question(joined) -> None:
    answers = "Ada\n\nBeispiel\nWeg 1\n24105\nKiel\nDeutschland\nDE\nada@heim.example\n31.2.2012\n2012-02-01\n\nde\n\nBea Beispiel\ny\n31.12.2026\n1.3.2026\nform on paper\n"
    said = run(joined, "members", "add", answers=answers).output
    assert "this cell is empty" in said
    assert "write two capital letters such as DE" in said
    assert "was added" in said
    (line,) = [line for line in lines(joined, "members", "list") if line["name"] == "Ada Beispiel"]
    assert (line["consent"], line["consent_scope"], line["consent_date"]) == ("1", ["statistics"], "2026-03-01")
    assert line["lacks"] == {"mandate": ["nordlicht", "suedstern", "papierwerk"]}
    again = "Ada\nBeispiel\n\n\n\n\n\n2012-02-01\n\n\n\nBea Beispiel\n"
    said = run(joined, "members", "add", answers=again + "y\n").output
    assert f"The same name and date of birth as {line['member']}." in said
    assert "Nothing was added." in said
    assert "was added" in run(joined, "members", "add", answers=again + "n\n\n").output


def test_two_members_with_one_name_at_one_address_are_two(at) -> None:
    campaign = at("founded")
    path = campaign.folder / "more.csv"
    head = "given_name,family_name,street,city,birthdate\n"
    path.write_text(f"{head}Ada,Beispiel,Weg 1,Kiel,1950-01-01\nAda,Beispiel,Weg 1,Kiel,1980-01-01\n", encoding="utf-8")
    assert "2 members imported." in campaign("members", "import", path).output
    path.write_text("given_name,family_name,street,city\n" + "Ben,Muster,Weg 2,Kiel\n" * 2, encoding="utf-8")
    said = campaign("members", "import", path, code=3).output
    assert (
        "line 2: the same name, address and mail — delete the row if so; if it is somebody else: --distinct 3" in said
    )
    assert "2 members imported." in campaign("members", "import", path, "--distinct", "3").output


def test_of_5000_rows_the_40_broken_ones_are_named_and_the_others_taken(at) -> None:
    campaign = at("founded")
    rows = ["given_name,family_name,email,birthdate"]
    for number in range(5000):
        broken = number % 125 == 0
        rows.append(f"Ada,Beispiel{number},a{number}{' ' if broken else ''}@heim.example,1980-01-01")
    path = campaign.folder / "many.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    said = campaign("members", "import", path, code=3).output
    assert said.count("[email]: not a mail address") == 40
    assert "take the 4960 valid rows: --keep-valid" in said
    assert "4,960 members imported; 40 faults" in campaign("members", "import", path, "--keep-valid").output


def test_a_controller_that_may_ask_for_identity_gets_nothing_from_us(at, reply) -> None:
    """The member gets a sheet on what to black out, sends it, and reports it done."""
    campaign = at("sent")
    campaign.rewrite("controllers.yaml", ("channels: [email, post]", 'may_ask_id: "yes"\n    channels: [email, post]'))
    campaign("letters", "approve", *LETTERS, "--by", "Ada Beispiel")
    campaign.on("2026-03-09").arrives(
        reply(
            "auskunft@suedstern.example",
            "wir benötigen eine Kopie Ihres Personalausweises, um Sie zu identifizieren.",
            day="2026-03-09",
            answers=campaign.letter("jana", "suedstern"),
        )
    )
    found = [line for line in lines(campaign, "members", "missing") if line["member"] == JANA]
    assert [(line["lacks"], line["for"]) for line in found] == [("proof of identity", "suedstern")]
    campaign("members", "missing", "--ask")
    mail = mails(campaign, "questions")[JANA]
    (sheet,) = mail.iter_attachments()
    assert sheet.get_filename() == f"{JANA}-identity-sheet.pdf"
    assert "schwärzen" in " ".join("".join(pdftext.pages(sheet.get_content())).split())
    reference = campaign.request("jana", "suedstern")
    campaign("log", reference, "identity-given", "--by", "member", "--evidence", "sent it by post")
    assert not [line for line in lines(campaign, "members", "missing") if line["member"] == JANA]


def test_who_verified_tells_at_what_they_looked_and_when(joined) -> None:
    """Hanna signs; a verification has its person, its evidence and its day."""
    joined("mandates", "add", HANNA, "--signed", "2026-03-01")
    verify = ("members", "verify", HANNA, "--by", "Ada Beispiel")
    assert "Missing option" in joined(*verify, code=2).output
    for evidence, date, sentence in (
        ("  ", "2026-03-02", "Who looked, and at what?"),
        ("scan", "2026-03-03", "2026-03-03 lies ahead of 2026-03-02"),
        ("scan", "2026-02-28", "signed on 2026-03-01: nobody can have looked at it on 2026-02-28"),
    ):
        assert sentence in joined(*verify, "--evidence", evidence, "--date", date, code=5).output
    joined.on("2026-03-04")(*verify, "--evidence", "scan, and a call", "--date", "2026-03-02")
    from rightskit.vault import membership

    with joined.vault().read() as connection:
        (event,) = [
            one for one in membership.events_by_member(connection, HANNA)[HANNA] if one.kind.value == "verified"
        ]
    assert (event.happened.isoformat(), event.evidence, event.detail["by"], str(event.received)) == (
        *("2026-03-02", "scan, and a call", "Ada Beispiel", "2026-03-04"),
    )


def test_every_event_has_its_evidence(joined) -> None:
    from rightskit.vault import membership

    with joined.vault().read() as connection:
        events = [one for own in membership.events_by_member(connection).values() for one in own]
    assert events
    assert {one.evidence for one in events} == {"a list of members"}
