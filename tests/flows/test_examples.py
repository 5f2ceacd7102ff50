"""Each example campaign, from its plan to its report and release, with invented members and invented answers.

The controllers' records are real, nothing leaves the machine: letters lie in folders, and what comes back is written
here. The campaigns' threshold is 10; four members are enough where a test sets it to 3.
"""

import datetime as dt
import functools
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

import pytest

from rightskit import paths
from rightskit.registry import load
from rightskit.vault import disclosures, store

PASSPHRASE = "six invented words for a test"
ADDRESS = "post@mitmachen.example"
SAMPLES = Path(__file__).parents[1] / "samples" / "disclosures"
PEOPLE = ("Zyxwva", "Zyxwvb", "Zyxwvc", "Zyxwvd")
IDS = [f"MEXAMP0{number:02}" for number in range(1, 5)]
METER = b"19123456789012"
COLUMNS = "member,given_name,family_name,street,postal_code,city,country,email,birthdate,phone,language,mandate_date,receive_date,consent_version,consent_scope"


@dataclass(frozen=True)
class Example:
    """What a campaign's controllers answer in the test.

    Attributes:
        answers: controller and right -> the words of the mail, and the sample that is enclosed; no sample, no file.
        answered: one answer to each question of the questionnaire.
        seen: what the pool shows then.
        later: what replaces the marks in front of the second stage.
    """

    country: str
    language: str
    answers: dict[tuple[str, str], tuple[str, str]]
    answered: dict[str, str]
    seen: tuple[str, ...]
    later: dict[tuple[str, str], tuple[str, str]]


FR = "Vous trouverez ci-joint une copie de vos données à caractère personnel (article 15 du RGPD)."
FR20 = "Vous trouverez ci-joint une copie de vos données à caractère personnel (article 20 du RGPD)."
EN = "Please find attached a copy of your personal data under Article 15 GDPR."
DE = "anbei erhalten Sie Ihre Datenkopie nach Art. 15 DSGVO."
EXAMPLES = {
    "openschufa": Example(
        "DE",
        "de",
        {
            ("schufa", "access"): (DE, "de-credit-class-letter/plain.pdf"),
            ("crif", "access"): (DE, "de-credit-portal-page/plain"),
        },
        {"age-band": "35 bis 44", "housing": "zur Miete", "moves": "1", "refused-contract": "nein"},
        ("Class (1 is best)", "Score of the portal, by: Wohnen", "Wohnen, by: Class (1 is best)"),
        {},
    ),
    "self-data-territorial": Example(
        "FR",
        "fr",
        {
            ("enedis", "portability"): (FR20, "enedis-linky/preamble"),
            ("google", "portability"): (FR20, "google-takeout/french"),
            ("la-rochelle-agglomeration", "access"): (FR, "art15-answer/french"),
        },
        {
            "dwelling": "appartement",
            "floor-area": "de 40 à 79 m²",
            "heating": "gaz",
            "household-size": "2",
            "commute": "à vélo",
        },
        ("Electricity for each day", "Logement", "(c) recipients", "Stored locations in a year"),
        {},
    ),
    "platform-work": Example(
        "IE",
        "en",
        {
            ("uber", "access"): (EN, "uber-driver/semicolons"),
            ("deliveroo", "portability"): (EN, "deliveroo-rider/english"),
            ("bolt", "access"): (EN, "art15-answer/english"),
        },
        {"vehicle": "bicycle", "work-status": "self-employed", "costs-per-hour": "1.5", "deactivated": "never"},
        (
            "Pay for each hour online: minimum 14.15 (national minimum wage of Ireland from 1 January 2026",
            "Vehicle",
            "Share of time online that is a trip",
        ),
        {},
    ),
    "no-marketing": Example(
        "DE",
        "de",
        {
            ("az-direct", "access"): (DE, "art15-answer/german.pdf"),
            ("otto", "objection"): ("wir haben Ihren Widerspruch umgesetzt und Ihre Adresse für Werbung gesperrt.", ""),
        },
        {"ads-by-post": "4", "ads-after-objection": "nein", "sticker": "ja"},
        ("(d) how long it is stored", "Werbebriefe in der Woche"),
        {},
    ),
    "forgotten": Example(
        "FR",
        "fr",
        {("criteo", "access"): (FR, "art15-answer/french"), ("kaspr", "access"): (FR, "art15-answer/french")},
        {"knew-broker": "non", "dormant-accounts": "3", "still-contacted": "non"},
        ("(g) where the data comes from", "Comptes oubliés"),
        {("kaspr", "erasure"): ("Nous avons effacé l’ensemble de vos données.", "")},
    ),
}


@pytest.fixture(scope="module")
def registry():
    return load.load([paths.shipped("controllers.yaml")])


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """An organiser's configuration; ``settled("2026-03-20")`` is another day."""
    monkeypatch.setenv("RIGHTSKIT_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(store, "_PRAGMAS", ("kdf_iter = 1000", *store._PRAGMAS))
    paths.config_dir().mkdir(parents=True)
    text = f"accounts:\n  campaign:\n    address: {ADDRESS}\n    plus: true\n"
    (paths.config_dir() / "accounts.yaml").write_text(text, encoding="utf-8")
    return lambda day: monkeypatch.setenv("RIGHTSKIT_TODAY", day)


def members(example: Example) -> str:
    rows = [
        f"{key},{name},Beispiel,{name}weg 3,17000,{name}stadt,{example.country},{name.lower()}@heimpost.example,"
        f"1980-02-{number:02},+49 30 23125 00{number},{example.language},2026-02-20,2026-02-20,1,statistics"
        for number, (key, name) in enumerate(zip(IDS, PEOPLE, strict=True), 1)
    ]
    return "\n".join([COLUMNS, *rows]) + "\n"


@functools.cache
def enclosed(sample: str, meter: str) -> bytes:
    """What a controller encloses: a ZIP of the sample with a member's own meter, or its letter as PDF."""
    if sample.endswith(".pdf"):
        import weasyprint

        page = next((SAMPLES / sample.removesuffix(".pdf")).glob("*.pdf.html")).read_text(encoding="utf-8")
        printed: bytes = weasyprint.HTML(string=page).write_pdf()
        return printed
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((SAMPLES / sample).rglob("*")):
            if path.is_file():
                archive.writestr(
                    path.relative_to(SAMPLES / sample).as_posix(), path.read_bytes().replace(METER, meter.encode())
                )
    return buffer.getvalue()


def mail(domain: str, line: dict[str, str], words: str, sample: str) -> bytes:
    request = line["request"]
    found = EmailMessage(policy=SMTP)
    found["From"] = f"privacy@{domain}"
    found["To"] = ADDRESS
    found["Subject"] = f"Re: {request}"
    found["Date"] = format_datetime(dt.datetime.fromisoformat("2026-03-20T10:00:00+01:00"))
    found["Message-ID"] = f"<{request}@reply.example>"
    found.set_content(f"{words}\n")
    if sample:
        kind = "pdf" if sample.endswith(".pdf") else "zip"
        found.add_attachment(
            enclosed(sample, f"{IDS.index(line['member']):014}"),
            maintype="application",
            subtype=kind,
            filename=f"data.{kind}",
        )
    return found.as_bytes()


def replies(cli, registry, answers) -> Iterator[bytes]:
    for line in map(json.loads, cli("status", "--json").stdout.splitlines()):
        if said := answers.get((line["controller"], line["right"])):
            yield mail(registry.controllers[line["controller"]].domains[0], line, *said)


def send(cli) -> None:
    cli("letters", "approve", "--by", "Ada Beispiel")
    for way in ("outbox", "print"):
        said = cli("send", "--to", way, "--include-unverified").output
        for batch in set(re.findall(rf"2026-\d\d-\d\d-{way}-\d+", said)):
            cli("posted", batch)


def receive(cli, registry, answers) -> None:
    inbox = Path("inbox")
    inbox.mkdir(exist_ok=True)
    for number, raw in enumerate(replies(cli, registry, answers)):
        (inbox / f"{len(answers)}-{number:03}.eml").write_bytes(raw)
    cli("sync", "--from", inbox)
    # What the machine is not sure of, a person looks through.
    cli("review", "--accept", "data", "--accept", "confirmed")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_campaign_runs_from_its_plan_to_its_release(  # noqa: PLR0913, PLR0917 (fixtures)
    name: str, cli, settled, registry, monkeypatch, tmp_path
) -> None:
    example = EXAMPLES[name]
    settled("2026-03-02")
    cli("campaign", "new", name, "mine")
    monkeypatch.chdir(tmp_path / "mine")
    config = Path("campaign.yaml")
    text = config.read_text(encoding="utf-8").replace("threshold: 10", "threshold: 3").replace("# account:", "account:")
    config.write_text(text, encoding="utf-8")
    Path("people.csv").write_text(members(example), encoding="utf-8")
    cli("members", "import", "people.csv")
    cli("plan")
    send(cli)
    settled("2026-03-21")
    receive(cli, registry, example.answers)
    said = cli("data", "extract").output
    files = len(PEOPLE) * sum(bool(sample) for _, sample in example.answers.values())
    assert f"{files} documents: {files} read." in said
    ask(cli, config, example)
    shown = cli("pool", "show").output
    assert shown.startswith("4 members agreed and have data")
    for title in example.seen:
        assert title in shown
    if example.later:
        second_stage(cli, config, registry, example)
    cli("report", "--lang", example.language)
    cli("pool", "release", "published")
    published = [Path("report.html"), *(path for path in Path("published").rglob("*") if path.is_file())]
    assert any(path.suffix == ".csv" for path in published)
    exposed(shown + "".join(path.read_text(encoding="utf-8") for path in published), tmp_path / "mine")


def ask(cli, config: Path, example: Example) -> None:
    """The members answer the questionnaire."""
    from rightskit.campaign.config import load as read

    questions = read(config.parent).questionnaire
    assert set(example.answered) == {question.id for question in questions}
    head = "\t".join(["member", *(question.column for question in questions)])
    rows = ["\t".join([key, *(example.answered[question.id] for question in questions)]) for key in IDS]
    Path("answers.tsv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    assert (
        f"{len(IDS) * len(questions)} answers of 4 members kept." in cli("data", "questionnaire", "answers.tsv").output
    )


def second_stage(cli, config: Path, registry, example: Example) -> None:
    """Take the marks from what follows once the first stage is answered."""
    lines = config.read_text(encoding="utf-8").splitlines()
    config.write_text(
        "\n".join(line.replace("#  ", "  ", 1) if line.startswith("#  ") else line for line in lines), "utf-8"
    )
    cli("plan")
    send(cli)
    receive(cli, registry, example.later)
    wanted = {key: [] for key in example.later}
    for line in map(json.loads, cli("status", "--json").stdout.splitlines()):
        if (key := (line["controller"], line["right"])) in wanted:
            wanted[key].append(line["answer"])
    assert all(answers == ["confirmed"] * len(PEOPLE) for answers in wanted.values()), wanted


def exposed(published: str, folder: Path) -> None:
    """Nothing of a member stands in what may be published, and observations name nobody."""
    with store.open_(folder, PASSPHRASE).read() as connection:
        told = " ".join(str(one.value) for one in disclosures.observations(connection))
    for word in (*PEOPLE, *IDS, "Zyxwvu", "heimpost", "Beispiel", "1980-02", "19123456789012"):
        assert word not in published
        assert word not in told
