"""``data review``: values that the machine was not sure of."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import output, session, strays
from rightskit.cli.data import data

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.flows.doubtful import Group
    from rightskit.flows.workspace import Workspace
    from rightskit.vault.doubts import Waiting
    from rightskit.vault.strays import Stray

_TOGETHER = 3
"""From this many on, values of one variable that are doubtful for one reason are asked about at once."""
_SHOWN = 8
_KEYS = "[a]ccept  [c]orrect  [d]rop  [s]ave the document  [l]ater  [q]uit"
_GROUP_KEYS = "[a]ccept all  [o]ne by one  [d]rop all  [l]ater  [q]uit"
_WHY = {
    "range": "outside of the recipe's range",
    "date": "two dates are possible, or none",
    "decimal": "the decimal mark may be the other one",
    "unit": "not the recipe's unit",
    "unsure": "hard to read",
}


def register(_: typer.Typer) -> None:
    """Add the command of this module."""
    data.command("review")(review)


_Names = list[str] | None


def review(
    accept: Annotated[_Names, typer.Option(metavar="N|GROUP", help="Take what was read.")] = None,
    drop: Annotated[_Names, typer.Option(metavar="N|GROUP", help="Leave it out for good.")] = None,
    correct: Annotated[_Names, typer.Option("--set", metavar="N=VALUE", help="Take this instead.")] = None,
    file: Annotated[_Names, typer.Option(metavar="S-…=RK-…", help="The request that a paper answers.")] = None,
    save: Annotated[_Names, typer.Option(metavar="N=FILE", help="Write its document to a file, to look at.")] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; it is kept with the decision.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Decide about what is doubtful: scanned papers without a cover sheet, and values that may not be what they seem.

    No value is in the pool before a person has taken it. Values that are doubtful for one reason are asked about at
    once; in a pipe all is listed. A GROUP is a variable and a reason, such as base-score:range. A saved document is a
    member's data outside of the vault, readable by you alone: delete it when you have looked.

    Example: `rightskit data review --set 12=97,5 --by "Mira Okonjo"`

    Example: `rightskit data review --save 12=letter.pdf`
    """
    from rightskit.flows import doubtful as flow
    from rightskit.flows import strays as paperwork

    space = session.workspace()
    found, papers = flow.groups(space), paperwork.waiting(space)
    for name, path in _pairs("--save", save or []):
        document = paperwork.chosen(papers, name).id if _is_paper(name) else flow.document(found, name)
        strays.save(space, document, path)
    if save:
        return
    if accept or drop or correct or file:
        _apply(space, found, (accept or [], [name for name in drop or [] if not _is_paper(name)], correct or []), by)
        dropped = filter(_is_paper, drop or [])
        decided = strays.settle(space, papers, _pairs("--file", file or []), dropped, _named(by))
        if decided:
            output.say(f"{decided} papers are decided. Read them now: rightskit data extract")
    elif as_json:
        for line in (*map(strays.line, papers), *map(_line, _all(found))):
            output.json_line(line)
    else:
        _go_through(space, found, papers, by)


def tell_waiting(space: Workspace) -> None:
    """Say what waits to be decided here."""
    from rightskit.flows import undecided as flow

    values, documents, papers = flow.numbers(space)
    said = [f"{values:,} values of {documents:,} documents"] if values else []
    said += [f"{papers:,} scanned papers"] if papers else []
    if said:
        output.line(f"{' and '.join(said)} wait for a person: rightskit data review")


def _is_paper(name: str) -> bool:
    return name.upper().startswith("S-")


def _pairs(option: str, words: Sequence[str]) -> list[tuple[str, str]]:
    from rightskit.errors import WrongUsageError

    parts = [word.partition("=") for word in words]
    if wrong := [name for name, _, value in parts if not value]:
        raise WrongUsageError(f"{option} {wrong[0]} says no value.", f"Write {option} {wrong[0]}=VALUE")
    return [(name, value) for name, _, value in parts]


def _named(by: str) -> str:
    from rightskit.errors import WrongUsageError

    if not by.strip():
        raise WrongUsageError("A decision needs the name of who takes it.", 'Say who decides: --by "Mira Okonjo"')
    return by.strip()


def _apply(space: Workspace, found: Sequence[Group], said: tuple[list[str], list[str], list[str]], by: str) -> None:
    from rightskit.flows import doubtful as flow

    if not any(said):
        return
    accepted, left = flow.chosen(found, said[0]), flow.chosen(found, said[1])
    pairs = [(one, value) for name, value in _pairs("--set", said[2]) for one in flow.chosen(found, [name])]
    flow.decide(space, flow.Decisions(accepted, left, pairs), _named(by))
    output.say(f"{len(accepted)} accepted, {len(pairs)} corrected, {len(left)} dropped.")


def _line(one: Waiting) -> dict[str, object]:
    read = asdict(one.doubtful.observation)
    names = ("member", "controller", "variable", "value", "unit", "confidence", "place", "row", "recipe")
    own = {"number": one.id, "request": one.reference, "why": one.doubtful.why, "snippet": one.doubtful.snippet}
    return {**own, **{name: read[name] for name in names}, "value": _value(one) or None}


def _value(one: Waiting) -> float | str:
    return one.doubtful.observation.value


def _go_through(space: Workspace, found: Sequence[Group], papers: Sequence[Stray], by: str) -> None:
    if not found and not papers:
        output.say("Nothing waits for you.")
        return
    if papers:
        strays.table(papers)
    if found:
        rows = [(group.name, group.title, len(group.waiting), _WHY[group.waiting[0].doubtful.why]) for group in found]
        output.table(("group", "variable", "waiting", "because"), rows)
    if _interactive():
        name = _named(by or str(typer.prompt("Your name, which is kept with what you decide")))
        _Desk(space, found, papers, name).work()
        return
    if found:
        output.table(("number", "request", "variable", "read", "stands there", "place"), map(_row, _all(found)))
    output.say('Decide: rightskit data review --file S-…=RK-… --accept N --set N=VALUE --drop N --by "NAME"')


def _all(found: Sequence[Group]) -> list[Waiting]:
    return [one for group in found for one in group.waiting]


def _row(one: Waiting) -> tuple[object, ...]:
    read = one.doubtful.observation
    return one.id, one.reference, read.variable, _printed(one), one.doubtful.snippet, read.place


def _printed(one: Waiting) -> str:
    value = _value(one)
    unit = one.doubtful.observation.unit
    return "?" if value == "" else f"{value:g} {unit}".strip() if isinstance(value, float) else value


def _interactive() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


class _Desk:
    """What lies before a person, and what they do with it."""

    def __init__(self, space: Workspace, groups: Sequence[Group], papers: Sequence[Stray], by: str) -> None:
        self._space = space
        self._by = by
        self._papers = papers
        self._queue = deque(groups)

    def work(self) -> None:
        """Until nothing is left, or the person quits."""
        try:
            for stray in self._papers:
                strays.ask(self._space, stray, self._by)
            while self._queue:
                output.say(f"\n{'─' * 20} {sum(len(group.waiting) for group in self._queue)} wait {'─' * 20}")
                self._take(self._queue.popleft())
        except strays.Quit:
            output.say("Everything you decided is kept.")

    def _take(self, group: Group) -> None:
        if len(group.waiting) >= _TOGETHER:
            self._all(group)
        else:
            for one in group.waiting:
                self._one(group, one)

    def _all(self, group: Group) -> None:
        from rightskit.flows import doubtful as flow

        output.table(("request", "read", "stands there", "place"), [_shown(one) for one in group.waiting[:_SHOWN]])
        output.say(f"{len(group.waiting)} values of {group.title}: {_WHY[group.waiting[0].doubtful.why]}.")
        blank = [one for one in group.waiting if _value(one) == ""]
        key = strays.key(_GROUP_KEYS, "aodl")
        if key == "a":
            able = [one for one in group.waiting if one not in blank]
            flow.decide(self._space, flow.Decisions(accepted=able), self._by)
            output.say(f"{len(able)} accepted.")
            self._queue.extendleft(replace(group, waiting=(one,)) for one in reversed(blank))
        elif key == "d":
            flow.decide(self._space, flow.Decisions(dropped=group.waiting), self._by)
            output.say(f"{len(group.waiting)} dropped.")
        elif key == "o":
            self._queue.extendleft(replace(group, waiting=(one,)) for one in reversed(group.waiting))

    def _one(self, group: Group, one: Waiting) -> None:
        from rightskit.errors import RightskitError

        output.say(f"{one.reference}, {one.doubtful.observation.place}: {_WHY[one.doubtful.why]}")
        output.say(f"  {one.doubtful.snippet}")
        output.say(f"  {group.title}: {_printed(one)}")
        while (key := strays.key(_KEYS, "acdsl")) != "l":
            try:
                if key == "s":
                    strays.save(self._space, one.doubtful.observation.disclosure)
                    continue
                self._decide(one, key)
            except RightskitError as error:
                output.say(f"{error} {error.hint}")
            else:
                return

    def _decide(self, one: Waiting, key: str) -> None:
        from rightskit.flows import doubtful as flow

        corrected = [(one, str(typer.prompt("What stands there")))] if key == "c" else []
        said = flow.Decisions([one] if key == "a" else [], [one] if key == "d" else [], corrected)
        flow.decide(self._space, said, self._by)


def _shown(one: Waiting) -> tuple[object, ...]:
    return one.reference, _printed(one), one.doubtful.snippet, one.doubtful.observation.place
