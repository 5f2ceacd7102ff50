"""The corpus: messages of controllers, sentence by sentence, with what each of them says.

The form of a file is explained in ``training/README.md``. What is wrong in a file is a value with its line; only what
is right is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rightskit.classification.model import ReplyKind
from rightskit.classification.weights import LABELS
from rightskit.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
RIGHTS = frozenset({"access", "erasure", "objection", "portability", "rectification"})
FIELDS = frozenset({"kinds", "right", "voice", "subject", "attached"})
_ORDER = {kind.value: place for place, kind in enumerate(ReplyKind)}
_LONE = "sentences"
_Lines = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence and what it contributes.

    Attributes:
        labels: of ``LABELS``; ``none`` stands alone.
        opens: whether a new paragraph starts here.
    """

    labels: tuple[str, ...]
    text: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One written message.

    Attributes:
        kinds: what it says as a whole, in the order of precedence.
        attached: names of files.
    """

    id: str
    kinds: tuple[str, ...]
    right: str
    voice: str
    subject: str
    attached: tuple[str, ...]
    sentences: tuple[Labelled, ...]

    @property
    def text(self) -> str:
        """The message as it would arrive: one line a sentence, an empty line between paragraphs."""
        lines = [("\n" if one.opens else "") + one.text for one in self.sentences]
        return "\n".join(lines).strip()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a file holds, and what is wrong in it."""

    messages: tuple[Message, ...]
    lone: tuple[Labelled, ...]
    faults: tuple[Fault, ...]


def read(path: Path) -> Corpus:
    """Read a file of the corpus; a block with a fault is left out."""
    messages: list[Message] = []
    lone: tuple[Labelled, ...] = ()
    faults: list[Fault] = []
    for number, head, lines in _blocks(path.read_text(encoding="utf-8")):
        found = list(_faults(str(path), number, head, lines, {one.id for one in messages}))
        faults += found
        if head == _LONE:
            lone += tuple(one for _, one in _sentences(lines) if isinstance(one, Labelled))
        elif not found:
            messages.append(_message(head, lines))
    return Corpus(tuple(messages), lone, tuple(faults))


def _blocks(text: str) -> Iterator[tuple[int, str, _Lines]]:
    """Each block with the number of its first line, what stands after ``===``, and its other lines."""
    current: tuple[int, str, _Lines] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("==="):
            if current:
                yield current
            current = (number, line[3:].strip(), [])
        elif current:
            current[2].append((number, line.strip()))
    if current:
        yield current


def _fields(lines: _Lines) -> dict[str, tuple[int, str]]:
    """The fields above the first sentence."""
    found: dict[str, tuple[int, str]] = {}
    for number, line in lines:
        name, colon, value = line.partition(":")
        if not colon or name not in FIELDS:
            break
        found[name] = (number, value.strip())
    return found


def _sentences(lines: _Lines) -> Iterator[tuple[int, Labelled | str]]:
    """The sentences of a block with their lines; a wrong one as the text of what is wrong."""
    opens = False
    for number, line in lines[len(_fields(lines)) :]:
        if not line:
            opens = True
            continue
        label, bar, text = line.partition(" | ")
        labels = tuple(label.strip().split("+"))
        if not bar or not text.strip():
            yield number, "not of the form `label | sentence`"
        elif wrong := [one for one in labels if one not in LABELS]:
            yield number, f"unknown label {wrong[0]}"
        else:
            yield number, Labelled(labels, text.strip(), opens)
        opens = False


def _message(head: str, lines: _Lines) -> Message:
    fields = {name: value for name, (_, value) in _fields(lines).items()}
    return Message(
        id=head,
        kinds=tuple(fields["kinds"].split()),
        right=fields.get("right", ""),
        voice=fields.get("voice", ""),
        subject=fields.get("subject", ""),
        attached=tuple(name.strip() for name in fields.get("attached", "").split(",") if name.strip()),
        sentences=tuple(one for _, one in _sentences(lines) if isinstance(one, Labelled)),
    )


def _faults(path: str, start: int, head: str, lines: _Lines, known: set[str]) -> Iterator[Fault]:
    sentences = list(_sentences(lines))
    for number, one in sentences:
        if isinstance(one, str):
            yield Fault(path, number, one, f"write one of {', '.join(LABELS)} before ` | `")
    if head == _LONE:
        return
    fields = _fields(lines)
    if head in known:
        yield Fault(path, start, f"{head} stands twice", "give each message its own id")
    if not sentences:
        yield Fault(path, start, f"{head} has no sentence")
    if "kinds" not in fields:
        yield Fault(path, start, f"{head} says no kinds", "write `kinds:` and what the message says as a whole")
    else:
        yield from _kind_faults(path, *fields["kinds"])
    if "right" in fields and fields["right"][1] not in RIGHTS:
        yield Fault(path, fields["right"][0], "unknown right", f"write one of {', '.join(sorted(RIGHTS))}")


def _kind_faults(path: str, number: int, value: str) -> Iterator[Fault]:
    kinds = value.split()
    if unknown := [kind for kind in kinds if kind not in _ORDER]:
        yield Fault(path, number, f"unknown kind {unknown[0]}", f"write some of {', '.join(_ORDER)}")
    elif not kinds:
        yield Fault(path, number, "no kind", "write `other` where nothing applies")
    elif kinds != sorted(set(kinds), key=_ORDER.__getitem__):
        yield Fault(path, number, "kinds out of order", " ".join(sorted(set(kinds), key=_ORDER.__getitem__)))
