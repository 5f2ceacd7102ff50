"""``review``: what waits for a person, key by key."""

from __future__ import annotations

import textwrap
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from rightskit.cli import opened, output, reviewkeys, session
from rightskit.cli.options import Json
from rightskit.cli.output import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rightskit.cases.model import EventKind
    from rightskit.classification.model import ReplyKind
    from rightskit.flows.replies import Kept
    from rightskit.flows.review import Group
    from rightskit.flows.workspace import Workspace


def _keys(*words: str) -> str:
    """What may be pressed; a terminal breaks the line between two of them."""
    return "  ".join(word.replace(" ", "\N{NO-BREAK SPACE}") for word in (*words, "[u]ndo", "[q]uit"))


_KEYS = _keys("[a]ccept", "other [r]equest", "[s]everal requests", "other [k]ind", "[n]ot ours", "[l]ater", "[m]ore")
_GROUP_KEYS = _keys("[a]ccept all", "[o]ne by one", "other [k]ind for all", "[n]one is ours", "[l]ater")
_TOGETHER = 3
"""From this many on, messages that say the same are asked about at once."""
_LONGEST = 1500


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(review)


def review(
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Accept this kind for all with one request and a known sender."),
    ] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the last decision, or the last about a group.")
    ] = False,
    sample: Annotated[
        int, typer.Option(metavar="N", min=0, help="Look again at N decisions of the machine, drawn at random.")
    ] = 0,
    as_json: Json = False,
) -> None:
    """Go through what the machine was not sure of: what is alike at once, the rest one by one; in a pipe, list it.

    Each decision is kept at once, and can be undone. Quit when you like: the next review goes on there.

    A sample tells how often the machine is wrong: figures about controllers may then rest on what it read. With
    --accept, what was drawn and filed as that kind is right.

    Example: `rightskit review --accept refusal`

    Example: `rightskit review --sample 50`

    Example: `rightskit review --sample 50 --accept data`
    """
    from rightskit.flows import deciding

    space, words = session.workspace(), accept or []
    written = [kind for word in words if (kind := opened.authority_kind([word]))]
    kinds = [opened.kind_of(word) for word in words if word not in written]
    if undo:
        output.say(f"{counted(len(deciding.undo(space)), 'message', 'are')} as before.")
    elif sample:
        _look_again(space, sample, kinds, as_json=as_json)
    elif words:
        _accept(space, kinds, written)
    else:
        _go_through(space, as_json=as_json)


def _accept(space: Workspace, kinds: Sequence[ReplyKind], written: Sequence[EventKind]) -> None:
    from rightskit.flows import review as flow

    found = {kind.value: flow.accept(space, kind) for kind in kinds}
    found |= {kind.value: flow.accept_written(space, kind) for kind in written}
    for kind, (done, left) in found.items():
        output.say(f"{done} accepted as {kind}; {left} of them still wait, one by one: rightskit review")


def _look_again(space: Workspace, size: int, right: Sequence[ReplyKind], *, as_json: bool) -> None:
    from rightskit.flows import replies
    from rightskit.flows import sample as flow

    for kind in right:
        output.say(f"{flow.accept(space, size, kind)} found right as {kind}.")
    drawn = flow.draw(space, size)
    if as_json:
        for line in replies.lines([group.kept[0] for group in drawn]):
            output.json_line(line)
        return
    if drawn and _interactive():
        _Desk(space, drawn).work()
    elif drawn:
        rows = [(group.kept[0].message.id[:12], group.kind, " ".join(group.kept[0].likely)) for group in drawn]
        output.table(("message", "filed as", "requests"), rows)
        output.say("Look at each on a terminal: rightskit review --sample N")
    found = flow.result(space)
    if not drawn and not found.checked:
        output.say("There is nothing to draw from: no reply was filed by the machine alone.")
        return
    output.say(f"{found.checked} decisions of the machine were looked at again; {found.wrong} of them were wrong.")


def _go_through(space: Workspace, *, as_json: bool) -> None:
    from rightskit.flows import replies
    from rightskit.flows import review as flow

    found = flow.waiting(space)
    if as_json:
        for line in replies.lines(found):
            output.json_line(line)
        return
    groups = flow.groups(space, found, output.track)
    if not groups:
        output.say("Nothing waits for you.")
        return
    rows = [(g.proposed, g.sender or "-", len(g.kept), len(g.plain), _example(g.kept)) for g in groups]
    output.table(("proposed kind", "from", "waiting", "alike", "because, for example"), rows)
    if _interactive():
        _Desk(space, groups).work()
    else:
        output.say("Accept a kind: rightskit review --accept KIND · one: rightskit replies refile MESSAGE --kind KIND")


def _example(group: Sequence[Kept]) -> str:
    texts = [text for kept in group for _, text in kept.message.evidence]
    return textwrap.shorten(texts[0], 60, placeholder=" …") if texts else "nothing was recognised"


def _interactive() -> bool:
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty()


class _Quit(Exception):  # noqa: N818 (no error)
    """The person has had enough for today."""


class _Desk:
    """What lies before a person, and what they do with it."""

    def __init__(self, space: Workspace, groups: Sequence[Group]) -> None:
        self._space = space
        self._queue = deque(groups)

    def work(self) -> None:
        """Until nothing is left, or the person quits."""
        try:
            while self._queue:
                self._take(self._queue.popleft())
        except _Quit:
            output.say("Everything you decided is kept.")

    def _take(self, group: Group) -> None:
        together = len(group.plain) >= _TOGETHER
        if len(group.kept) > 1 and not together:
            self._queue.extendleft(replace(group, kept=(kept,)) for kept in reversed(group.kept))
            return
        left = sum(len(one.kept) for one in (group, *self._queue))
        output.say(f"\n{'─' * 20} {left} wait {'─' * 20}")
        if together:
            self._all(group)
        else:
            self._one(group.kept[0], group)

    def _all(self, group: Group) -> None:
        from rightskit.flows import deciding, replies, review

        opened.show(replies.open_(self._space, group.plain[0].message.id), _LONGEST)
        output.say(f"\n{len(group.plain)} messages from {group.sender} say this: all {group.kind}?")
        key = self._key(_GROUP_KEYS, "aoknl", group)
        if not key:
            return
        rest = tuple(kept for kept in group.kept if key == "o" or kept not in group.plain)
        names = [kept.message.id for kept in group.plain]
        if key in {"a", "k"}:
            kind = group.kind if key == "a" else self._ask_kind()
            output.say(f"{review.accept_group(self._space, group.plain, kind)} filed as {kind}.")
        elif key == "n":
            deciding.decide_all(self._space, [(name, ()) for name in names], group.kind)
        elif key == "l":
            deciding.later(self._space, names)
        self._queue.extendleft(replace(group, kept=(kept,)) for kept in reversed(rest))

    def _one(self, kept: Kept, group: Group) -> None:
        from rightskit.errors import RightskitError
        from rightskit.flows import clues, deciding, replies

        found = replies.open_(self._space, kept.message.id)
        about = clues.clues(self._space, kept.message.id)
        opened.show(found, _LONGEST)
        proposed = reviewkeys.proposed(about, group.kind)
        output.say(f"\nProposed: {proposed} for {', '.join(kept.likely) or 'no request'}")
        if words := reviewkeys.because(about):
            output.say(words)
        more = reviewkeys.offered(about)
        while key := self._key("\n".join((_KEYS, *more.values())), "".join(("arsknlm", *more)), group):
            if key == "m":
                output.say(found.reply.text)
                continue
            if key == "l":
                deciding.later(self._space, [kept.message.id])
                return
            try:
                if key in more or (key == "a" and about.authority):
                    reviewkeys.press(self._space, kept, group.kind, about, key)
                else:
                    self._decide(kept, group.kind, key)
            except RightskitError as error:
                output.say(f"{error} {error.hint}")
            else:
                return

    def _decide(self, kept: Kept, kind: ReplyKind, key: str) -> None:
        from rightskit.errors import WrongUsageError
        from rightskit.flows import deciding

        if key == "a" and kept.message.status == "filed":
            deciding.confirm(self._space, [kept.message.id])
            return
        references = () if key == "n" else kept.likely
        if key in {"r", "s"}:
            references = (*(kept.likely if key == "s" else ()), *reviewkeys.ask_requests(kept))
        if key == "k":
            kind = self._ask_kind()
        if not references and key != "n":
            raise WrongUsageError("There is no request to file it under.", "Press r for a request, n for not ours.")
        deciding.decide(self._space, kept.message.id, [kind], references)
        output.say(f"{kind}: {', '.join(references) or 'not ours'}")

    def _key(self, keys: str, known: str, group: Group) -> str:
        """The next key that means something here; undo and quit are dealt with."""
        output.line(keys)
        while True:
            key = str(typer.getchar()).lower()
            if key in {"q", "\x04"}:
                raise _Quit
            if key == "u":
                self._undo(group)
                return ""
            if key in known:
                return key

    def _undo(self, group: Group) -> None:
        """What was decided last comes back first, then what lay here."""
        from rightskit.flows import deciding, review

        names = set(deciding.undo(self._space))
        self._queue.appendleft(group)
        if not names:
            output.say("There is nothing to undo.")
            return
        back = [kept for kept in review.waiting(self._space) if kept.message.id in names]
        self._queue.extendleft(reversed(review.groups(self._space, back, output.track)))
        output.say(f"{counted(len(names), 'message', 'are')} as before.")

    @staticmethod
    def _ask_kind() -> ReplyKind:
        from rightskit.classification.model import ReplyKind
        from rightskit.errors import WrongUsageError

        output.say("  ".join(ReplyKind))
        while True:
            try:
                return opened.kind_of(output.ask("Kind").strip())
            except WrongUsageError as error:
                output.say(f"{error} {error.hint}")
