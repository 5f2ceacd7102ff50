"""``members pack``, ``withdraw``, ``stay`` and ``forget``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import options, output, session
from rightskit.cli.members import members
from rightskit.cli.options import Evidence, MemberId
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from rightskit.flows.forget import Plan


def register(_: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (pack, withdraw, stay, forget):
        members.command()(command)


def pack(
    member: MemberId,
    out: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="By default MEMBER.zip in packs/.")] = None,
) -> None:
    """Give a member everything that the campaign holds about them, as an encrypted ZIP with an index page.

    Its password is shown once and kept nowhere: tell it to the member by another way than the file.

    Example: `rightskit members pack M7K2QX9DA`
    """
    from rightskit.flows import pack as flow

    space = session.workspace()
    done = flow.pack(space, member, out or space.folder / "packs" / f"{member}.zip")
    output.say(f"{done.path} holds {done.files} files. Its password: {done.password}")
    output.say(
        "Read its about.html first: it says what you do with their data; letters/LANGUAGE/paper-notice.md changes it."
    )
    if done.left_out:
        output.say(f"{counted(done.left_out, 'message', 'are')} left out: other members too stand in them.")


def forget(
    member: MemberId,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go and do nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove every byte of a member: from the vault, and from the folders of letters that it lists.

    What others share with them is kept for the others, without the member. Only numbers without a person stay.

    Example: `rightskit members forget M7K2QX9DA`
    """
    from rightskit.flows import forget as flow

    space = session.workspace()
    if dry_run or not yes:
        _tell(flow.plan(space, member), done=False)
    if dry_run:
        return
    if not yes:
        output.confirm(f"Forget {member} for good?", abort=True, err=True)
    done = flow.forget(space, member)
    if yes:
        _tell(done, done=True)
    output.say(f"{member} is forgotten. Backups made before still hold them: make a new one and destroy the old.")


def _tell(found: Plan, *, done: bool) -> None:
    held = found.holdings
    held_of = (held.references, "request"), (held.messages, "reply"), (held.documents, "document")
    output.say(", ".join(counted(len(some), noun) for some, noun in held_of) + ".")
    if held.shared:
        output.say(f"{len(held.shared)} replies also concern others: they stay, without the member's traces.")
    for document, reference in held.lost:
        output.warn(f"{reference} loses the document {document[:12]}: it holds this member too, and cannot be parted.")
    for path in found.files:
        output.say(f"{path} {'is' if done else 'would be'} removed.")
    for path in found.by_hand:
        output.warn(f"{path} holds them too: see to it by hand.")
    if held.references:
        output.say(f"Your mailbox is not touched: delete there what carries {', '.join(held.references)}.")


def withdraw(
    member: MemberId,
    mandate: Annotated[bool, typer.Option("--mandate", help="Nothing more is sent for them.")] = False,
    consent: Annotated[bool, typer.Option("--consent", help="Their data leaves the pool.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Both.")] = False,
    died: Annotated[dt.datetime | None, options.day("They died on this day: both, for that reason.")] = None,
) -> None:
    """Note that a member takes a permission back; it holds at once.

    The GDPR protects the living alone (recital 27): of who has died, nothing more is processed. What relatives may ask
    for is national law, such as Art. 85 of the French loi Informatique et Libertés.

    Example: `rightskit members withdraw M7K2QX9DA --mandate`
    """
    from rightskit.cli import mandates
    from rightskit.errors import WrongUsageError
    from rightskit.flows import withdraw as flow

    if not (mandate or consent or everything or died):
        raise WrongUsageError("Say what is withdrawn.", "One of --mandate, --consent, --all, --died.")
    space = session.workspace()
    both = everything or died is not None
    if mandate or both:
        mandates.tell(flow.mandate(space, member, died=died.date() if died else None))
    if consent or both:
        left = flow.consent(space, member)
        output.say(f"{member}: out of the pool." if left.consents else f"{member} had not agreed to the pool.")
        for path in left.reports:
            output.warn(f"{path} was made before, and may count them.")
        for one in left.releases:
            output.warn(f"{one.name} of {one.made:%Y-%m-%d} ({one.kind}) counts them, and stays as it is.")
        for path in left.dossiers:
            output.warn(f"{path} shows them: remove it, and make it again.")


def stay(
    member: MemberId,
    evidence: Evidence,
) -> None:
    """Note that a member whose wish to withdraw was heard stays after all: letters may leave for them again.

    Example: `rightskit members stay M7K2QX9DA --evidence "phone call of 3 March"`
    """
    from rightskit.flows import withdraw as flow

    flow.stays(session.workspace(), member, evidence)
    output.say(f"{member} stays: nothing is held any more.")
