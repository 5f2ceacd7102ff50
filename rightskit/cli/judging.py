"""``judge``, ``redirect`` and ``correct``: what only a person can decide about a request."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from rightskit.cli import output, session
from rightskit.cli.output import counted


class Verdict(StrEnum):
    """What a person thinks of a demand."""

    JUSTIFIED = "justified"
    EXCESSIVE = "excessive"


class Demand(StrEnum):
    """What a controller can demand."""

    IDENTITY = "identity"
    MANDATE = "mandate"
    CLARIFICATION = "clarification"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (judge, redirect, correct):
        app.command()(command)


def judge(
    target: Annotated[str, typer.Argument(metavar="REQUEST|CONTROLLER", help="One request, or all of a controller's.")],
    verdict: Annotated[Verdict, typer.Argument(help="justified, or excessive.", show_default=False)],
    demand: Annotated[Demand, typer.Option(help="What is demanded.")] = Demand.IDENTITY,
    note: Annotated[str, typer.Option(help="Why, in a few words.")] = "",
) -> None:
    """Judge what a controller demands: a demand that is excessive does not stop the clock (Art. 12(6)).

    For a controller the judgement stands: the same demand in a reply that comes later is met by it.

    Example: `rightskit judge schufa excessive --note "asks everybody for a copy of the identity card"`
    """
    from rightskit.flows import judge as flow

    done = flow.judge(session.workspace(), target, verdict.value, demand.value, note)
    number = len(done.requests)
    output.say(f"{counted(number, 'demand')} ({demand.value}) judged {verdict.value}.")
    if done.open_before != done.open_after:
        output.say(f"{done.open_before:,} of them had no latest date before, {done.open_after:,} have none now.")
    if done.standing:
        output.say(f"The same demand in later replies of {target} is judged so too.")
    if number and verdict is Verdict.EXCESSIVE:
        output.say("Tell the controller: rightskit followup")


def redirect(
    target: Annotated[str, typer.Argument(metavar="REQUEST|CONTROLLER", help="One request, or all it passed on.")],
    to: Annotated[str, typer.Argument(metavar="CONTROLLER", help="The right one.")],
) -> None:
    """Plan at the right controller what the wrong one has passed on; each new request has a clock of its own.

    Example: `rightskit redirect RK-7G2K-4Q9A crif`
    """
    from rightskit.flows import redirect as flow

    done = flow.redirect(session.workspace(), target, to)
    for old, new in done.planned.items():
        output.say(f"{old} goes on as {new.reference}")
    for old, reference in done.joined.items():
        output.say(f"{old} goes on as {reference}, which was there")
    for left in done.left_out:
        output.warn(f"{left.member} gets no request: {left.reason}")
    if done.planned:
        output.say("Write them: rightskit send")


def correct(
    request: Annotated[str, typer.Argument(help="Such as RK-7G2K-4Q9A.")],
    number: Annotated[int | None, typer.Argument(help="Of the event that does not count, from `status`.")] = None,
    answer: Annotated[
        str, typer.Option(metavar="ANSWER", help="What the controller has really said, such as data or none.")
    ] = "",
    because: Annotated[str, typer.Option(metavar="WORDS", help="Why, in a few words.")] = "",
) -> None:
    """Overrule what was noted by mistake. Nothing is deleted; a correction can itself be corrected.

    Example: `rightskit correct RK-7G2K-4Q9A 5 --because "the letter was about another member"`
    """
    from rightskit.cases.model import Answer
    from rightskit.errors import WrongUsageError
    from rightskit.flows import correct as flow
    from rightskit.yamlfile import did_you_mean

    answers = {one.value: one for one in Answer if one is not Answer.UNKNOWN}
    if answer and answer not in answers:
        raise WrongUsageError(f"{answer!r} is no answer.", did_you_mean(answer, answers))
    space = session.workspace()
    done = flow.correct(space, request, number, answers.get(answer), because)
    output.say(f"{done.reference}: corrected. See: rightskit status {done.reference}")
