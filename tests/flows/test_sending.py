"""``plan``, ``send`` and ``posted``: each letter leaves once, whatever happens on the way."""

import csv
import errno
import io
import json
import os
import re
from typing import IO

import pytest

from rightskit.vault import outgoing, requests


def test_what_the_campaign_says_stands_in_all_its_letters(at) -> None:
    """Such as the cooperative to which portability takes the data (Art. 20(2) GDPR)."""
    campaign = at("joined")
    rule = (
        "  - rights: [portability]\n    controllers: [suedstern]\n    details:\n      destinaton: Datenhaus eG, Kiel\n"
    )
    campaign.rewrite("campaign.yaml", ("requests:\n", f"requests:\n{rule}"))
    line = (campaign.folder / "campaign.yaml").read_text(encoding="utf-8").splitlines().index(
        "      destinaton: Datenhaus eG, Kiel"
    ) + 1
    for command in (("campaign", "check"), ("plan",)):
        said = campaign(*command, code=3).output
        assert f":{line} [destinaton]: destinaton is no field of the letter portability" in said
        assert "did you mean 'destination'?" in said
    campaign.rewrite("campaign.yaml", ("destinaton", "destination"))
    campaign("plan")
    campaign("letters", "approve", "--by", "Ada Beispiel")
    campaign("send", "--to", "outbox")
    letters = campaign.letters("portability").values()
    assert len(letters) == 5
    assert all("übermitteln: Datenhaus eG, Kiel" in " ".join(one.text.split()) for one in letters)
    assert not any("Datenhaus" in one.text for one in campaign.letters().values())


def kept(campaign) -> dict[str, tuple[str, str]]:
    """Message-ID -> reference and letter, as the vault has them."""
    with campaign.vault().read() as connection:
        return outgoing.message_ids(connection)


def listing(campaign) -> list[str]:
    folder = campaign.folder / "outbox"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_plan_is_members_by_controllers_and_says_who_is_left_out(at) -> None:
    joined = at("joined")
    lines = joined.json("plan", "--dry-run")
    planned = {(line["member"], line["controller"], line["channel"]) for line in lines if "request" in line}
    assert ("MJANA0001", "nordlicht", "email") in planned
    assert ("MJANA0001", "papierwerk", "post") in planned
    assert len(planned) == 14
    left = {(line["left_out"], line["controller"]): line["reason"] for line in lines if "left_out" in line}
    assert left == {
        ("MTAMAR005", "nordlicht"): "the controller needs: birthdate",
        ("MHANNA006", "nordlicht"): "no signed mandate",
        ("MHANNA006", "suedstern"): "no signed mandate",
        ("MHANNA006", "papierwerk"): "no signed mandate",
    }


def test_a_plan_can_be_looked_at_first_and_is_made_once(at) -> None:
    joined = at("joined")
    assert "14 requests would be planned, 4 left out." in joined("plan", "--dry-run").output
    assert "14 requests planned, 4 left out." in joined("plan").output
    assert "0 requests planned, 14 were planned before, 4 left out." in joined("plan").output
    assert len(joined.json("status")) == 14


def test_letters_go_to_an_outbox_that_nobody_else_reads(planned) -> None:
    said = planned("send", "--to", "outbox").output
    assert "9 letters lie in" in said
    assert "rightskit posted 2026-03-02-outbox-1" in said
    outbox = planned.folder / "outbox"
    assert outbox.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in outbox.iterdir()} == {0o600}
    assert len(planned.letters()) == 9
    assert planned.fact("jana", "nordlicht") == ("queued", "not running", "none", "wait")
    assert planned.fact("jana", "papierwerk")[0] == "unsent"


def test_a_letter_carries_its_reference_wherever_an_answer_can_bring_it_back(sent) -> None:
    reference = sent.request("jana", "nordlicht")
    letter = sent.letter("jana", "nordlicht")
    assert letter.mail["To"] == "datenschutz@nordlicht.example"
    assert letter.mail["From"] == "Jana Özdemir via Initiative Mitmachen <campaign@mitmachen.example>"
    assert letter.mail["Reply-To"] == f"campaign+{reference.lower()}@mitmachen.example"
    assert reference in letter.mail["Subject"]
    assert reference in letter.text
    assert reference in letter.id
    assert "9. April 1988" in letter.text


def test_a_letter_gives_only_what_the_controller_needs(sent) -> None:
    assert "1988" not in sent.letter("jana", "suedstern").text


def test_without_authority_to_receive_the_answer_goes_to_the_member(sent) -> None:
    assert sent.letter("emre", "nordlicht").mail["Reply-To"] == "emre@heimpost.example"


def test_the_vault_knows_the_message_ids_of_the_files(sent) -> None:
    in_files = {letter.id: (reference, "access") for reference, letter in sent.letters().items()}
    in_vault = kept(sent)
    assert in_files.items() <= in_vault.items()
    on_paper = {reference for mid, (reference, _) in in_vault.items() if mid not in in_files}
    assert len(in_vault) == 14
    assert len(on_paper) == 5


def test_the_print_bundle_is_one_pdf_with_its_list(sent) -> None:
    import pypdfium2

    (bundle,) = (sent.folder / "print").iterdir()
    assert bundle.stat().st_mode & 0o777 == 0o700
    with (bundle / "letters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["controller"] for row in rows} == {"papierwerk"}
    assert len(rows) == 5
    with pypdfium2.PdfDocument(bundle / "letters.pdf") as pdf:
        assert len(pdf) == int(rows[-1]["page_to"])
        for row in rows:
            page = pdf[int(row["page_from"]) - 1].get_textpage().get_text_bounded()
            assert row["reference"] in page
            assert "Papierwerk Inkasso KG" in page


def test_a_second_sending_writes_nothing(sent) -> None:
    before, ids = listing(sent), kept(sent)
    content = {path.name: path.read_bytes() for path in (sent.folder / "outbox").iterdir()}
    assert "Nothing to write. 9 were written before." in sent("send", "--to", "outbox").output
    assert "Nothing to write. 5 were written before." in sent("send", "--to", "print").output
    assert listing(sent) == before
    assert {path.name: path.read_bytes() for path in (sent.folder / "outbox").iterdir()} == content
    assert kept(sent) == ids
    assert len(list((sent.folder / "print").iterdir())) == 1


def test_not_even_into_another_folder(sent, tmp_path) -> None:
    assert "Nothing to write" in sent("send", "--to", "outbox", tmp_path / "other").output
    assert not (tmp_path / "other").exists()


def test_a_limit_leaves_the_rest_for_the_next_time(planned) -> None:
    assert "4 letters lie in" in planned("send", "--to", "outbox", "--limit", "4").output
    first = set(listing(planned))
    assert "5 letters lie in" in planned("send", "--to", "outbox").output
    assert first < set(listing(planned))
    assert len(listing(planned)) == 9


def test_a_dry_run_writes_nothing(planned) -> None:
    said = planned("send", "--to", "outbox", "--dry-run").output
    assert "9 letters would be written, 0 written before." in said
    assert len(re.findall(r"RK-....-....\taccess\t(?:nordlicht|suedstern)", said)) == 9
    assert not (planned.folder / "outbox").exists()
    assert not kept(planned)


class Stop:
    """Lets the first letters through, then stops the sending as a person or a full disk would."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
        from rightskit.delivery import folder

        self._write, self._left, self._error = folder.write, after, error
        monkeypatch.setattr(folder, "write", self)

    def __call__(self, path, content: bytes, **how: bool) -> None:
        if self._left == 0:
            path.with_name(".part-interrupted").write_bytes(content[:100])
            path.with_name(".part-interrupted").unlink()
            raise self._error
        self._left -= 1
        self._write(path, content, **how)


@pytest.mark.parametrize("after", [0, 3, 8])
def test_an_interrupted_sending_goes_on_with_the_same_letters(planned, after: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        Stop(patched, after, KeyboardInterrupt())
        said = planned("send", "--to", "outbox", code=130).output
    assert "interrupted; what was done is kept" in said
    assert len(listing(planned)) == after
    assert not [name for name in listing(planned) if not name.endswith(".eml")]
    intended = kept(planned)
    there = {letter.id for letter in planned.letters().values()}
    assert len(intended) == 9
    assert there <= intended.keys()
    assert planned.fact("jana", "nordlicht")[0] == "unsent"

    planned("send", "--to", "outbox")
    assert kept(planned) == intended
    assert {letter.id for letter in planned.letters().values()} == intended.keys()
    assert planned.fact("jana", "nordlicht")[0] == "queued"
    assert "Nothing to write" in planned("send", "--to", "outbox").output


class Full(io.FileIO):
    """A file on a disk that is full after ten bytes."""

    def write(self, content: bytes) -> int:
        super().write(content[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_no_half_letter(planned, monkeypatch) -> None:
    real, opened = os.fdopen, []

    def fdopen(handle: int, mode: str) -> IO[bytes]:
        opened.append(handle)
        return Full(handle, mode) if len(opened) == 3 else real(handle, mode)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", fdopen)
        said = planned("send", "--to", "outbox", code=6)
    assert "No space left on device" in said.output
    assert len(listing(planned)) == 2
    assert not [name for name in listing(planned) if name.startswith(".part-")]
    planned("send", "--to", "outbox")
    assert len(planned.letters()) == 9


def test_an_interrupted_bundle_is_printed_whole_the_next_time(planned) -> None:
    with pytest.MonkeyPatch.context() as patched:
        Stop(patched, 1, KeyboardInterrupt())
        planned("send", "--to", "print", code=130)
    assert planned.fact("jana", "papierwerk")[0] == "unsent"
    intended = kept(planned)
    assert "5 letters lie in" in planned("send", "--to", "print").output
    assert kept(planned) == intended
    whole = [bundle for bundle in (planned.folder / "print").iterdir() if (bundle / "letters.pdf").exists()]
    assert len(whole) == 1
    planned("posted", "2026-03-02-print-1")
    assert planned.fact("jana", "papierwerk")[0] == "sent"


def test_a_letter_that_lacks_a_field_is_stopped_and_the_others_go(planned) -> None:
    own = planned.folder / "letters" / "de"
    own.mkdir(parents=True)
    (own / "access.md").write_text(BIRTHDATE_NEEDED, encoding="utf-8")
    planned("letters", "approve", "access", "--lang", "de", "--by", "Ada Beispiel")
    said = planned("send", "--to", "outbox", code=3)
    assert "4 letters lie in" in said.output
    stopped = [line for line in said.output.splitlines() if "was stopped" in line]
    assert len(stopped) == 5
    assert all("The letter access needs the field birthdate, and it is empty." in line for line in stopped)
    assert {str(letter.mail["To"]) for letter in planned.letters().values()} == {"datenschutz@nordlicht.example"}
    assert planned.fact("jana", "suedstern")[0] == "unsent"


BIRTHDATE_NEEDED = """\
---
letter: access
right: access
article: "15"
version: "1"
subject: "Auskunft nach Art. 15"
needs: [birthdate]
may_use: []
modules: []
reviewed: false
---
Geboren am {{ birthdate | longdate }}.
"""


def test_nothing_goes_to_a_record_that_nobody_has_verified(planned) -> None:
    path = planned.folder / "controllers.yaml"
    doubtful = path.read_text(encoding="utf-8").replace("quality: verified", "quality: unverified", 1)
    path.write_text(doubtful, encoding="utf-8")
    said = planned("send", "--to", "outbox").output
    assert said.count("is held: the record of nordlicht is unverified") == 4
    assert len(planned.letters()) == 5
    assert "4 letters lie in" in planned("send", "--to", "outbox", "--include-unverified").output
    assert len(planned.letters()) == 9


def test_posting_starts_the_clock_on_the_day_it_is_said_for(planned) -> None:
    planned("send", "--to", "outbox")
    planned.on("2026-03-05")("posted", "2026-03-02-outbox-1", "--date", "2026-03-03")
    delivery, clock, answer, _ = planned.fact("jana", "nordlicht")
    assert (delivery, clock, answer) == ("sent", "running", "none")
    # Sent on the 3rd, read by the 6th at the latest; the month ends on Easter Monday, 6 April, and rolls.
    assert planned.facts("jana", "nordlicht")["due"] == "2026-04-07"
    with planned.vault().read() as connection:
        events = requests.events_by_request(connection)[planned.request("jana", "nordlicht")]
    assert [event.happened.isoformat() for event in events if event.kind == "sent"] == ["2026-03-03"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("2026-03-02-outbox-9",), 4, "There are: 2026-03-02-outbox-1"),
        (("2026-03-02-outbox-1", "--date", "2026-03-04"), 5, "2026-03-04 lies ahead of 2026-03-02"),
        (("2026-03-02-outbox-1", "--date", "2026-02-27"), 5, "2026-02-27 lies before 2026-03-02"),
    ],
)
def test_a_posting_that_cannot_be_is_refused(planned, words: tuple[str, ...], code: int, sentence: str) -> None:
    planned("send", "--to", "outbox")
    assert sentence in planned("posted", *words, code=code).output
    assert planned.fact("jana", "nordlicht")[0] == "queued"


def test_a_batch_is_posted_once(sent) -> None:
    assert "was noted as posted before" in sent("posted", "2026-03-02-outbox-1", code=5).output


def test_two_sendings_at_once_are_refused(planned) -> None:
    with planned.vault().only_one("send"):
        said = planned("send", "--to", "outbox", code=5).output
    assert "Another rightskit is at send on this campaign." in said
    assert not listing(planned)
    planned("send", "--to", "outbox")
    assert len(listing(planned)) == 9


def test_the_fixed_form_of_status(sent) -> None:
    for line in sent("status", "--json").stdout.splitlines():
        assert list(json.loads(line)) == [
            *("request", "member", "controller", "right", "delivery", "clock", "answer", "due", "next")
        ]  # fmt: skip


def test_a_campaign_that_wants_it_attaches_the_letter_as_pdf(planned) -> None:
    planned.rewrite("campaign.yaml", more="attach_pdf: true\n")
    planned("send", "--to", "outbox", "--limit", "1")
    ((reference, letter),) = planned.letters().items()
    (part,) = letter.mail.iter_attachments()
    assert part.get_filename() == f"{reference}-access.pdf"
    assert part.get_content().startswith(b"%PDF")
    assert reference in letter.mail.get_body(("plain",)).get_content()


def test_numbers_of_registered_letters_come_back_with_the_list(planned) -> None:
    planned("send", "--to", "print")
    (listing,) = (planned.folder / "print").rglob("letters.csv")
    reference = planned.request("jana", "papierwerk")
    rows = listing.read_text(encoding="utf-8").splitlines()
    filled = [f"{row}RR123456785DE" if row.startswith(reference) else row for row in rows]
    listing.write_text("\n".join(filled) + "\n", encoding="utf-8")
    planned("posted", "2026-03-02-print-1", "--tracking", listing)
    with planned.vault().read() as connection:
        events = requests.events_by_request(connection)
    sent = {key: event.detail for key, found in events.items() for event in found if event.kind == "sent"}
    assert sent.pop(reference) == {"channel": "registered", "tracking": "RR123456785DE"}
    assert {tuple(detail.items()) for detail in sent.values()} == {(("channel", "post"),)}


def test_another_language_than_was_asked_for_is_said(at) -> None:
    joined = at("joined")
    for name, before, after in (
        ("controllers.yaml", "languages: [de]", "languages: [fi]"),
        ("campaign.yaml", "account: campaign\n", "account: campaign\nlanguage: controller\nchannels: [post]\n"),
    ):
        path = joined.folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    said = joined("plan").output
    assert "4 to nordlicht are written in 'en': there are no letters that were asked for." in said
    assert "suedstern are written" not in said
    assert "then: rightskit send --to print --dry-run" in said


def test_a_letter_that_a_language_lacks_goes_out_in_another_and_says_so(planned) -> None:
    from rightskit.vault import schema

    with planned.vault().write() as connection:
        connection.execute(schema.requests.update().values(letter="several", language="nl"))
    said = planned("send", "--to", "outbox", "--dry-run").output
    assert "There is no letter 'several' in 'nl' yet: 9 are written in 'en'." in said
