"""``campaign`` and ``letters``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.options import Json
from rightskit.cli.output import counted

campaign = typer.Typer(no_args_is_help=True, help="Make, check and show a campaign.")
letters = typer.Typer(no_args_is_help=True, help="The letters that can be written.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(campaign, name="campaign")
    app.add_typer(letters, name="letters")


@campaign.command("new")
def new(
    example: Annotated[str, typer.Argument(help="An example campaign, such as openschufa.")],
    folder: Annotated[Path | None, typer.Argument(help="The new folder; by default called like the example.")] = None,
) -> None:
    """Copy an example campaign into a new folder.

    Example: `rightskit campaign new openschufa my-campaign`
    """
    from rightskit.flows import campaign as flow

    made = flow.new(example, folder or Path(example))
    output.say(f"{made} holds the campaign. Adapt {made / 'campaign.yaml'}, then: rightskit -C {made} campaign check")
    output.say("Its README.md says how to go on; members-form.csv is the form of a list of members.")


@campaign.command("check")
def check() -> None:
    """Check campaign.yaml, its controllers and its letters; each fault with its line.

    Example: `rightskit -C my-campaign campaign check`
    """
    from rightskit.flows import campaign as flow

    found = flow.check(session.campaign_folder())
    flow.check_controllers(session.campaign_folder(), session.today())
    output.say(f"{found.title}: nothing to mend.")


@campaign.command("show")
def show() -> None:
    """Show what the campaign asks of whom.

    Example: `rightskit campaign show`
    """
    from rightskit.flows import campaign as flow

    found = flow.check(session.campaign_folder())
    output.say(f"{found.title} ({found.slug}), run by {found.organiser.name}")
    rows = [(", ".join(rule.rights), ", ".join(rule.controllers + rule.categories)) for rule in found.requests]
    output.table(("rights", "controllers"), rows)
    output.say(f"Way to act: {', '.join(found.ways)}. Groups under {found.threshold} members are not published.")


@letters.command("list")
def list_(as_json: Json = False) -> None:
    """List the letters with their languages and versions.

    Example: `rightskit letters list`
    """
    from rightskit.flows.workspace import library_for

    for_people = []
    for template in library_for(session.optional_folder()).letters():
        if as_json:
            output.json_line({"letter": template.letter, "language": template.language, "version": template.version})
        for_people.append((template.letter, template.language, template.version, template.article))
    if not as_json:
        output.table(("letter", "language", "version", "article"), for_people)


@letters.command("show")
def show_letter(
    letter: Annotated[str, typer.Argument(help="Its name, as `letters list` gives it.", show_default=False)],
    lang: Annotated[str, typer.Option(metavar="LL", help="In which language.")] = "en",
) -> None:
    """Show a letter's text with its fields, as its file has them.

    Example: `rightskit letters show withdrawal --lang de`
    """
    from rightskit.flows.workspace import library_for

    found = library_for(session.optional_folder()).template(letter, lang)
    if lang not in {found.language, found.language.partition("-")[0]}:
        output.warn(f"There is no such letter in {lang!r} yet: this is {found.language!r}.")
    rows = (("file", found.path), ("article", found.article), ("version", found.version), ("subject", found.subject))
    lists = (("needs", found.needs), ("may use", found.may_use), ("modules", found.modules))
    output.table(("", ""), [*rows, *((name, ", ".join(words) or "-") for name, words in lists)])
    output.say("")
    output.say(found.body.strip())


@letters.command("check")
def check_letters() -> None:
    """Check all letters, the campaign's own as strictly as the shipped ones.

    Example: `rightskit letters check`
    """
    from rightskit.errors import FaultsError
    from rightskit.flows.workspace import library_for

    library = library_for(session.optional_folder())
    faults = library.check()
    if faults:
        raise FaultsError(faults)
    output.say(f"{len(library.letters())} letters: nothing to mend.")


@letters.command("approve")
def approve(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[LETTER]…", help="By default all that the campaign needs.")
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who has read them.", show_default=False)] = "",
    lang: Annotated[
        list[str] | None, typer.Option(metavar="LL", help="Only in this language; may be repeated.")
    ] = None,
) -> None:
    """Say that a named person has read and approved these texts: without that, nothing is sent.

    A changed text needs a new approval. `rightskit letters show` shows a text.

    Example: `rightskit letters approve access --lang de --by "Mira Okonjo"`
    """
    from rightskit.errors import WrongUsageError
    from rightskit.flows import approvals

    if not by.strip():
        raise WrongUsageError("An approval needs the name of the person who read the text.", 'Add --by "NAME".')
    given = approvals.approve(session.workspace(), names or [], lang or [], by.strip())
    languages: dict[tuple[str, str], list[str]] = {}
    for one in given:
        languages.setdefault((one.letter, one.version), []).append(one.language)
    rows = [(letter, version, ", ".join(spoken)) for (letter, version), spoken in languages.items()]
    output.table(("approved", "version", "languages"), rows)
    output.say(
        f"{counted(len(given), 'text')} approved." if given else "All of these were approved before, as they stand."
    )
