"""``letters approve``: no text goes out that no named person approved; a changed text asks again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightskit.errors import NotFoundError, RefusedError
from rightskit.flows import forms, papers
from rightskit.flows.workspace import library_for
from rightskit.vault import approvals, members, requests
from rightskit.vault.approvals import Approval

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rightskit.flows.workspace import Workspace
    from rightskit.rendering.library import Library
    from rightskit.rendering.template import Template

_MOST_NAMED = 5
_PAPERS = "paper-"  # the campaign's own drafts, which it does not send, save the notice in a pack


def used(workspace: Workspace, library: Library) -> list[Template]:
    """The texts that the campaign needs: those of its planned requests, and what follows them or goes to members."""
    with workspace.vault.read() as connection:
        planned = requests.all_requests(connection)
        spoken = set(map(forms.spoken, members.unsigned(connection)))
    spoken |= {request.language for request in planned}
    pairs = {(request.letter, request.language) for request in planned}
    pairs |= {
        (letter, language)
        for letter, languages in library.languages().items()
        for language in spoken.intersection(languages)
        if library.template(letter, language).right is None and not letter.startswith(_PAPERS)
    }
    pairs |= {(papers.NOTICE, papers.notice_language(language)) for language in spoken}  # in every member's pack
    return _templates(library, pairs)


def approve(workspace: Workspace, names: Sequence[str], languages: Collection[str], person: str) -> list[Approval]:
    """Record that a person has read and approved these letters, or all that the campaign needs; give what is new.

    Args:
        workspace: the campaign.
        names: letters; none: all that the campaign needs.
        languages: only these; none: all in which the letters are needed, or exist.
        person: who approved them.

    Raises:
        NotFoundError: there is no such letter, or none in such a language.
    """
    library = library_for(workspace.folder)
    found = _named(library, names) if names else used(workspace, library)
    chosen = [one for one in found if not languages or one.language in languages]
    if not chosen:
        raise NotFoundError(
            "There is no such letter to approve.", "See: rightskit letters list, rightskit members list"
        )
    given = [Approval(t.letter, t.language, t.sha256, t.version, person, workspace.today) for t in chosen]
    with workspace.vault.write() as connection:
        known = {(one.letter, one.language, one.sha256) for one in approvals.all_approvals(connection)}
        approvals.record(connection, given)
    return [one for one in given if (one.letter, one.language, one.sha256) not in known]


def demand(workspace: Workspace, library: Library, pairs: Iterable[tuple[str, str]]) -> None:
    """Let these letters, as (letter, language), pass only if a named person has approved each text as it stands.

    Raises:
        RefusedError: nobody has, or the text was changed since.
    """
    wanted = _templates(library, set(pairs))
    with workspace.vault.read() as connection:
        given = approvals.all_approvals(connection)
    texts = {(one.letter, one.language, one.sha256) for one in given}
    earlier = {(one.letter, one.language): one for one in given}
    missing = [one for one in wanted if (one.letter, one.language, one.sha256) not in texts]
    if missing:
        said = "; ".join(_why(one, earlier.get((one.letter, one.language))) for one in missing[:_MOST_NAMED])
        more = f"; and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
        first = missing[0]
        raise RefusedError(
            f"No text goes out that nobody approved: {said}{more}.",
            f"Read it: rightskit letters show {first.letter} --lang {first.language}; then: "
            f'rightskit letters approve {first.letter} --lang {first.language} --by "YOUR NAME" (or all: without name)',
        )


def _why(template: Template, before: Approval | None) -> str:
    text = f"{template.letter} ({template.language}, version {template.version})"
    return f"{text} was changed since it was approved on {before.date}" if before else text


def _named(library: Library, names: Sequence[str]) -> list[Template]:
    known = library.languages()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise NotFoundError(f"There is no letter {unknown[0]!r}.", "See: rightskit letters list")
    return _templates(library, {(name, language) for name in names for language in known[name]})


def _templates(library: Library, pairs: Collection[tuple[str, str]]) -> list[Template]:
    """The texts that are really used, each once: where a language is missing, its fallback."""
    found = {(t.letter, t.language): t for t in (library.template(*pair) for pair in sorted(pairs))}
    return list(found.values())
