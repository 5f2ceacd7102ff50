"""What a person alone needs, without campaign or vault: ``letter`` and ``explain``; and ``demo``."""

from __future__ import annotations

import datetime as dt
import functools
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session
from rightskit.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typer.core import TyperGroup

    from rightskit.campaign.me import Me


class Format(StrEnum):
    """What a letter is written as."""

    PDF = "pdf"
    EML = "eml"
    TXT = "txt"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(demo)
    app.command()(letter)
    app.command()(explain)


def demo(
    folder: Annotated[Path, typer.Argument(help="Made anew; an earlier demo there is replaced.")] = Path(
        "demo-campaign"
    ),
    members: Annotated[int, typer.Option(min=12, metavar="N", help="Invented members.")] = 120,
) -> None:
    """Run a whole campaign with invented people in a minute; nothing leaves the machine.

    Each command is printed before it runs, so the demo is also the tutorial.

    Example: `rightskit demo`
    """
    from rightskit.flows import demo as flow

    flow.run(folder, members, _tell, _run_here)


def _tell(text: str) -> None:
    """What the demo says; a command stays on one line, so that it can be copied."""
    *above, words = text.split("\n")
    for line in above:
        output.say(line)
    if words.startswith("$ "):
        output.whole(words)
    else:
        output.line(words, 3)


@functools.cache
def _commands() -> TyperGroup:
    """The tree of all commands; to build it takes as long as many a command."""
    from typer.main import get_group

    from rightskit.cli.main import app

    return get_group(app)


def _run_here(words: Sequence[str], environment: Mapping[str, str], wanted: bool) -> tuple[int, str]:
    """Run a command line in this process, as if it had been typed: starting thirty would take half of the demo.

    Nobody is asked anything: on a terminal, too, a command finds nobody who types.
    """
    import contextlib
    import io
    import os
    import sys

    printed, before, typed, code = io.StringIO(), dict(os.environ), sys.stdin, 0
    os.environ.update(environment)
    sys.stdin = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed) if wanted else contextlib.nullcontext():
            _commands()(list(words))
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        sys.stdin = typed
        os.environ.clear()
        os.environ.update(before)
    return code, printed.getvalue()


def letter(
    name: Annotated[
        str,
        typer.Argument(
            metavar="LETTER",
            help="A right, such as access, or another letter to a controller, such as withdrawal.",
            show_default=False,
        ),
    ],
    controller: Annotated[str, typer.Argument(help="The controller's id, such as schufa.")],
    lang: Annotated[str, typer.Option(metavar="LL", help="By default what the controller reads.")] = "",
    me: Annotated[Path | None, typer.Option(help="Your details; without it you are asked.")] = None,
    form: Annotated[Format, typer.Option("--format", help="pdf for the post, eml or txt for a mail.")] = Format.PDF,
    out: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="By default named after the letter.")] = None,
    layout: Annotated[
        str, typer.Option(metavar="NAME", help="For the window of your envelope; by default by country.")
    ] = "",
) -> None:
    """Write one letter, ready to send. No account, no set-up; nothing is kept.

    Example: `rightskit letter access schufa --lang de`
    """
    from rightskit.campaign import me as reading
    from rightskit.flows import letter as flow
    from rightskit.flows.workspace import library_for, registry_for
    from rightskit.registry import load

    folder = session.optional_folder()
    found = load.get(registry_for(folder), controller)
    library = library_for(folder)
    person = reading.load(me) if me else None
    template = flow.template(name, found, library, lang, person.language if person else "")
    if lang and template.language != lang.split("-")[0] and template.language != lang:
        output.warn(f"There is no such letter in {lang!r} yet: written in {template.language!r}.")
    if found.country in _OTHER_LAW:
        output.warn(f"{found.name} sits in {found.country}: {_OTHER_LAW[found.country]}")
    if person is None:
        person = _ask(flow.wanted(template, found, on_paper=form is Format.PDF), found.name)
    raw = flow.write(person, found, template, library, form, session.now(), session.today(), layout)
    if _put(raw, out, form, f"{controller}-{template.letter}.{form}"):
        _say_next(form, found.country)


_OTHER_LAW = {
    "GB": "there the UK GDPR applies, with the same articles; the letter cites the Union's GDPR and its Court.",
    "CH": "there the FADP applies unless Art. 3(2) GDPR does; the letter cites the GDPR.",
}
"""Where a letter cites another law than the controller's own."""


def _ask(fields: list[str], controller: str) -> Me:
    """A short dialogue, only about what this letter to this controller needs."""
    from rightskit.campaign.me import Me
    from rightskit.errors import WrongUsageError

    output.warn(f"{controller} needs the following. Nothing is kept.")
    said: dict[str, str] = {}
    try:
        for field in fields:
            said[field] = _answer(field)
        if "corrections" in said:
            right = output.ask("And what is right instead", err=True).strip()
    except typer.Abort as error:
        raise WrongUsageError(
            "The letter needs your details.", "Answer the questions, or give --me me.yaml."
        ) from error
    details: dict[str, object] = {key: value for key, value in said.items() if key not in _OWN}
    if "corrections" in details:
        details["corrections"] = [{"wrong": said["corrections"], "right": right}]
    identifiers = {key: value for key, value in details.items() if key in fields and key not in _QUESTIONS}
    return Me(
        name=said["name"],
        address=tuple(line.strip() for line in said.get("address", "").split(",") if line.strip()),
        email=said.get("email", ""),
        birthdate=_birthdate(said.get("birthdate", "")),
        phone=said.get("phone", ""),
        identifiers={key.replace("-", " "): str(value) for key, value in identifiers.items()},
        details={key: value for key, value in details.items() if key not in identifiers},
    )


def _answer(field: str) -> str:
    """What a person answers; a date that is none is asked for again, and the answers before it are not lost."""
    while True:
        text = output.ask(_QUESTIONS.get(field, field.replace("-", " ")), err=True).strip()
        try:
            _birthdate(text if field == "birthdate" else "")
        except ValueError:
            output.warn("That is no date. Write it as YYYY-MM-DD, such as 1985-07-31.")
        else:
            return text


_OWN = ("name", "address", "email", "birthdate", "phone")
_QUESTIONS = {
    "name": "Your name",
    "address": "Your address (street, postal code and town)",
    "email": "Your mail address",
    "birthdate": "Your date of birth (YYYY-MM-DD)",
    "phone": "Your phone number",
    "corrections": "What is stored wrongly",
    "ground": "The ground for it, in a sentence",
    "decision": "The decision that you want to be reviewed",
}


def _birthdate(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _put(raw: bytes, out: Path | None, form: Format, name: str) -> bool:
    """Write the letter to its place; whether that is a file."""
    if out is None and form is Format.TXT:
        output.say(raw.decode())
        return False
    target = out or Path(name)
    if str(target) == "-":
        typer.get_binary_stream("stdout").write(raw)
        return False
    from rightskit.delivery import folder as folders

    if not target.parent.exists():
        from rightskit.errors import NotFoundError

        raise NotFoundError(f"There is no folder {target.parent}.")
    folders.write(target, raw)
    output.warn(f"{target} is ready.")
    return True


def _say_next(form: Format, country: str) -> None:
    from rightskit.cases import places

    on_paper = form is Format.PDF
    output.warn("Print it, sign it and post it." if on_paper else "Send it from your own mail program.")
    if country not in places.COUNTRIES:
        return
    sent = f"--sent {session.today()} --channel {'post' if on_paper else 'email'} --country {country}"
    output.warn(f"If it leaves today, until when they must answer: rightskit deadline {sent}")


def explain(
    right: Annotated[Right, typer.Argument(help="The right to explain.", show_default=False)],
    lang: Annotated[str, typer.Option(metavar="LL", help="de, fr or en.")] = "en",
) -> None:
    """Explain a right in plain words: what to expect, and what to answer.

    Example: `rightskit explain access --lang fr`
    """
    from rightskit.flows import explain as flow

    sheet = flow.sheet(right, lang)
    output.markdown(sheet)
