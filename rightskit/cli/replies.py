"""``sync``, ``replies`` and ``review``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session

if TYPE_CHECKING:
    from rightskit.classification.model import ReplyKind
    from rightskit.flows.replies import Kept
    from rightskit.flows.workspace import Workspace

replies = typer.Typer(no_args_is_help=True, help="What came back, and under which requests it lies.")
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
_SHORT = 12
_SHOWN = 3


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(sync)
    app.add_typer(replies, name="replies")
    app.command()(review)


def sync(
    source: Annotated[
        Path | None, typer.Option("--from", help="A Maildir, an mbox, a folder of .eml, or one message.")
    ] = None,
) -> None:
    """Read what came, keep it raw, and file it under its requests; what is in doubt waits for `review`.

    Without --from, the campaign's mail account is read (IMAP). The source is never changed, and what was read before is
    passed over.

    Example: `rightskit sync --from ~/Maildir`
    """
    from rightskit.flows import sync as flow

    space = session.workspace()
    done = flow.from_files(space, source, output.track) if source else flow.from_account(space, output.track)
    for fault in done.faults:
        output.warn(str(fault))
    if done.by_kind:
        output.table(("kind", "messages"), done.by_kind.most_common())
    counts = ", ".join(f"{number} {status}" for status, number in sorted(done.by_status.items())) or "nothing new"
    output.say(f"{done.by_status.total()} new messages: {counts}. {done.known} were known.")
    if done.by_status["review"]:
        output.say("See what waits for you: rightskit review")


@replies.command("list")
def list_(as_json: Json = False) -> None:
    """List the messages with their requests and the evidence for them.

    Example: `rightskit replies list --json`
    """
    from rightskit.flows import replies as flow

    found = flow.list_(session.workspace())
    if as_json:
        for line in flow.lines(found):
            output.json_line(line)
        return
    rows = [
        (kept.message.date and kept.message.date.date(), one.reference, kept.message.primary_kind,
         kept.message.status, one.evidence, kept.message.id[:_SHORT])
        for kept in found
        for one in kept.filings
    ]  # fmt: skip
    output.table(("date", "request", "kind", "status", "evidence", "message"), rows)


@replies.command("show")
def show(message: Annotated[str, typer.Argument(help="The beginning of its id, as `replies list` prints it.")]) -> None:
    """Show one message: the sender's own words, the evidence, the candidates.

    Example: `rightskit replies show 3f2a91`
    """
    from rightskit.flows import replies as flow

    opened = flow.open_(session.workspace(), message)
    kept = opened.kept
    output.say(f"From     {opened.reply.sender}")
    output.say(f"Subject  {opened.reply.subject}")
    output.say(f"Kind     {kept.message.primary_kind} ({kept.message.confidence:.0%}), {kept.message.status}")
    for kind, text in kept.message.evidence:
        output.say(f"  because  {kind}: {' '.join(text.split())}")
    for one in kept.filings:
        output.say(f"Request  {one.reference or 'none found'} {opened.controllers.get(one.reference or '', '')}")
        output.say(f"  because  {one.evidence}{'' if one.proven else '; sender unproven'}")
    for attachment in opened.reply.attachments:
        output.say(f"Attached {attachment.name} ({len(attachment.content):,} bytes)")
    output.say("")
    output.say(opened.words)


@replies.command("classify")
def classify(
    files: Annotated[list[Path], typer.Argument(help="Messages as .eml; no campaign and no vault is needed.")],
    as_json: Json = False,
) -> None:
    """Say what messages are, with the words that show it.

    Example: `rightskit replies classify reply.eml --json`
    """
    from rightskit.classification.classify import classify as reading
    from rightskit.classification.classify import to_json
    from rightskit.errors import NotFoundError
    from rightskit.mailbox.parse import parse

    for file in files:
        if not file.is_file():
            raise NotFoundError(f"There is no file {file}.")
        found = reading(parse(file.read_bytes()))
        if as_json:
            output.json_line(to_json(str(file), found))
        else:
            sure = "certain" if found.certain else "in doubt"
            output.say(f"{file}: {', '.join(found.kinds)} ({found.confidence:.0%}, {sure})")
            for one in found.evidence:
                output.say(f"  {one.kind}: {' '.join(one.text.split())}")


@replies.command("refile")
def refile(
    message: Annotated[str, typer.Argument(help="The beginning of its id.")],
    kind: Annotated[str, typer.Option(help="What it is, such as no-data.")],
    request: Annotated[
        list[str] | None, typer.Option(metavar="RK-XXXX-XXXX", help="Its request; may be repeated. None: not ours.")
    ] = None,
) -> None:
    """Decide about one message that waits.

    Example: `rightskit replies refile 3f2a91 --kind refusal --request RK-7G2K-4Q9A`
    """
    from rightskit.flows import replies as flow

    flow.decide(session.workspace(), message, _kind(kind), request or [])
    output.say(f"{message}: {kind}, " + (", ".join(request) if request else "not ours"))


def review(
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Accept this kind for all with one request and a known sender."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Go through what the machine was not sure of, one by one; in a pipe, list it.

    Example: `rightskit review --accept refusal`
    """
    from rightskit.flows import replies as flow

    space = session.workspace()
    for kind in map(_kind, accept or []):
        done, left = flow.accept(space, kind)
        output.say(f"{done} accepted as {kind}; {left} of them still wait, one by one: rightskit review")
    if accept:
        return
    found = flow.waiting(space)
    if as_json:
        for line in flow.lines(found):
            output.json_line(line)
        return
    if not found:
        output.say("Nothing waits for you.")
        return
    grouped = flow.groups(found)
    rows = [(kind, len(group), _plain(group), _example(group)) for kind, group in grouped.items()]
    output.table(("proposed kind", "waiting", "one request each", "for example, because"), rows)
    if _interactive():
        _one_by_one(space, [kept for group in grouped.values() for kept in group])
    else:
        output.say("Accept a group: rightskit review --accept KIND · one: rightskit replies refile MESSAGE --kind KIND")


def _plain(group: list[Kept]) -> int:
    return sum(len(kept.filings) == 1 and kept.filings[0].proven for kept in group)


def _example(group: list[Kept]) -> str:
    texts = [text for kept in group for _, text in kept.message.evidence]
    return " ".join(texts[0].split())[:60] if texts else "nothing was recognised"


def _interactive() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


_KEYS = "[a]ccept · [k]ind · [r]equest · [n]ot ours · [l]ater · [q]uit"


def _one_by_one(space: Workspace, found: list[Kept]) -> None:
    """Ask about each; every decision is kept at once, so that quitting loses nothing."""
    from rightskit.flows import replies as flow

    for number, kept in enumerate(found, start=1):
        opened = flow.open_(space, kept.message.id)
        references = [one.reference for one in kept.filings if one.reference]
        output.say(f"\n{number} of {len(found)} · {opened.reply.sender} · {opened.reply.subject}")
        output.say(opened.words[:1500])
        for _, text in kept.message.evidence[:_SHOWN]:
            output.say(f"  » {' '.join(text.split())}")
        output.say(f"\nProposed: {kept.message.primary_kind} for {', '.join(references) or 'no request'}")
        if not _answered(space, kept, references):
            return


def _answered(space: Workspace, kept: Kept, references: list[str]) -> bool:
    """Take one decision; False where the person wants to stop."""
    from rightskit.errors import RightskitError
    from rightskit.flows import replies as flow

    kind = kept.message.primary_kind
    while True:
        key = str(typer.prompt(_KEYS, default="l")).strip().lower()[:1]
        if key in {"q", "l"}:
            return key == "l"
        try:
            if key == "k":
                kind = str(typer.prompt("Kind")).strip()
            elif key == "r":
                references = str(typer.prompt("Request(s)")).split()
            elif key == "n":
                references = []
            elif key != "a":
                continue
            if key == "a" and not references:
                output.say("There is no request to file it under: [r]equest or [n]ot ours.")
                continue
            flow.decide(space, kept.message.id, _kind(kind), references)
        except RightskitError as error:
            output.say(f"{error} {error.hint}")
        else:
            return True


def _kind(text: str) -> ReplyKind:
    from rightskit.classification.model import ReplyKind
    from rightskit.errors import WrongUsageError
    from rightskit.yamlfile import did_you_mean

    if text not in set(ReplyKind):
        raise WrongUsageError(f"{text!r} is no kind of reply.", did_you_mean(text, list(ReplyKind)))
    return ReplyKind(text)
