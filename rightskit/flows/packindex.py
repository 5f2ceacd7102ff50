"""The first page of a member's pack: what the campaign knows of them, what happened, and what each file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit import texts
from rightskit.flows import evidence, forms, papers
from rightskit.rendering.page import page
from rightskit.vault import disclosures, messages, requests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rightskit.campaign.model import Mandate, Member, Request
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.holdings import Holdings
    from rightskit.vault.store import Connection

    Told = tuple[Request, str, list[dict[str, object]]]
    """A request, its controller's name, and what happened."""

ABOUT = "about.html"
_TABLES = ("you.json", "requests.json", "values.csv", "values.json", "doubtful.json")
_FOLDERS = ("letters", "replies", "data", "signed")
_REFERENCE = len("RK-0000-0000")
_KINDS = {"act": "mandate", "receive": "authority_to_receive"}


def language_of(found: Holdings) -> str:
    """The language of a member's pack."""
    return papers.notice_language(forms.spoken(found.member))


def pages(
    workspace: Workspace, connection: Connection, found: Holdings, names: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    """The first page, and what the member must be told beside their data (Art. 15(1) and (2) GDPR).

    Args:
        workspace: the campaign.
        connection: to its vault.
        found: what it holds of the member.
        names: of the pack's other files.
    """
    language = language_of(found)
    told = list(_told(workspace, connection, found, language))
    yield ABOUT, papers.about(workspace, language, [name for _, name, lines in told if lines]).encode()
    labels = dict(_labels(connection, found, {one.reference: name for one, name, _ in told}, names, language))
    groups = [(folder, sorted(name for name in names if name.startswith(f"{folder}/"))) for folder in _FOLDERS]
    context = {
        "campaign": workspace.campaign.title,
        "organiser": workspace.campaign.organiser,
        "day": workspace.today,
        "about": ABOUT,
        "you": [*_known(found.member, language), *_agreed(found.member, language)],
        "requests": told,
        "tables": [name for name in _TABLES if name in names],
        "groups": [
            (folder, [(name, labels.get(name.rpartition(".")[0], "")) for name in own]) for folder, own in groups if own
        ],
        "left_out": len(found.shared),
    }
    yield "index.html", page("pack.html", language, context).encode()


def _told(workspace: Workspace, connection: Connection, found: Holdings, language: str) -> Iterator[Told]:
    """Each request with its controller's name and what happened, for its member to read."""
    history = requests.events_by_request(connection, found.references)
    for one in requests.of_member(connection, found.member.member):
        name = workspace.controller(one.controller).name
        yield one, name, evidence.timeline(history[one.reference], language, {})


def _known(member: Member, language: str) -> Iterator[str]:
    """Who the campaign takes them for, a line for each thing."""
    yield member.name
    yield ", ".join(filter(None, (member.street, f"{member.postal_code} {member.city}".strip(), member.country)))
    yield member.email
    yield member.phone
    if member.birthdate:
        yield f"{texts.text(language, 'identifier.birthdate')}: {texts.longdate(language, member.birthdate)}"


def _agreed(member: Member, language: str) -> Iterator[str]:
    """What they permitted: the use of their data, and each mandate."""
    if member.consent_version:
        scopes = ", ".join(texts.text(language, f"scope.{scope}") for scope in member.consent_scope)
        day = texts.longdate(language, member.consent_date) if member.consent_date else "–"
        yield texts.text(language, "pack.agreed", date=day, version=member.consent_version, scopes=scopes)
    else:
        yield texts.text(language, "pack.not_agreed")
    yield from (_permission(mandate, language) for mandate in member.mandates)


def _permission(mandate: Mandate, language: str) -> str:
    if mandate.revoked:
        until = texts.text(language, "pack.revoked", date=texts.longdate(language, mandate.revoked))
    elif mandate.until:
        until = texts.text(language, "mandate.until", date=texts.longdate(language, mandate.until))
    else:
        until = texts.text(language, "mandate.campaign")
    what = texts.text(language, f"enclosure.{_KINDS[mandate.kind]}")
    return texts.text(
        language, "pack.permission", what=what, date=texts.longdate(language, mandate.signed), until=until
    )


def _labels(
    connection: Connection, found: Holdings, controllers: Mapping[str, str], names: Iterable[str], language: str
) -> Iterator[tuple[str, str]]:
    """File without its ending -> what it is: which controller it concerns, and of which day a reply is."""
    for name in names:
        folder, _, file = name.partition("/")
        if folder == "letters":
            yield name.rpartition(".")[0], controllers[file[:_REFERENCE]]
    about = {
        message: name for reference, name in controllers.items() for message in messages.about(connection, reference)
    }
    for number, message in enumerate(found.messages, 1):
        kept = messages.get(connection, message)
        day = texts.shortdate(language, kept.date.date()) if kept and kept.date else ""
        yield f"replies/{number:03}", " · ".join(filter(None, (about.get(message, ""), day)))
    for number, document in enumerate(found.documents, 1):
        own = [controllers[one] for one in disclosures.references(connection, document) if one in controllers]
        yield f"data/{number:03}", ", ".join(dict.fromkeys(own))
    for mandate in found.member.mandates:
        yield f"signed/{mandate.id}", _permission(mandate, language)
