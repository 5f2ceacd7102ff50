"""YAML files with line numbers: the only place that imports yaml.

A file is read into a tree of :class:`Section`; each section knows its line, hands out typed values, and collects a
:class:`~rightskit.errors.Fault` where a value is missing, of the wrong type, or not known. Nothing raises until the
caller asks for it, so that a person sees all faults of a file at once.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from rightskit.errors import Fault, FaultsError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Fewer words and figures mean something else than what they say.

    Only true and false are booleans: NO is Norway, and `no` an answer. Only plain decimal figures are numbers: 01067
    is a postal code in Dresden, 12:30 a time.
    """


_PLAIN_VALUES = {
    "tag:yaml.org,2002:bool": ("true|false", "tf"),
    "tag:yaml.org,2002:int": ("-?(0|[1-9][0-9]*)", "-0123456789"),
    "tag:yaml.org,2002:float": (r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _PLAIN_VALUES]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}
for _tag, (_pattern, _first) in _PLAIN_VALUES.items():
    _Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})$"), list(_first))
T = TypeVar("T")
_TEXT = "tag:yaml.org,2002:str"
_DEEPEST = 500
"""Levels of nesting that are read; libyaml's binding recurses in C, and would crash on tens of thousands."""


class Section:
    """One mapping of a YAML file, with the lines of its keys.

    Attributes:
        path: the file, as faults name it.
        line: the line on which the mapping starts, counted from 1.
        faults: the faults of the whole file, shared by all its sections.
    """

    def __init__(self, path: str, line: int, values: Mapping[str, tuple[int, Any]], faults: list[Fault]) -> None:
        self.path = path
        self.line = line
        self.faults = faults
        self._values = values
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def keys(self) -> list[str]:
        """The keys as they stand in the file."""
        return list(self._values)

    def line_of(self, key: str) -> int:
        """The line of a key, or of the section where the key is missing."""
        return self._values[key][0] if key in self._values else self.line

    def fault(self, key: str, message: str, suggestion: str = "") -> None:
        """Note that something is wrong with a key."""
        self.faults.append(Fault(self.path, self.line_of(key), message, suggestion, key))

    def _get(self, key: str, kinds: type[T] | tuple[type[T], ...], wanted: str) -> T | None:
        self._asked.add(key)
        if key not in self._values or self._values[key][1] is None:
            return None
        value = self._values[key][1]
        if isinstance(value, kinds) and not (isinstance(value, bool) and bool not in _as_tuple(kinds)):
            return value
        self.fault(key, f"{key} is {_kind(value)}", f"write {wanted}")
        return None

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text; numbers and dates are taken as they are written."""
        value: Any = self._get(key, (str, int, float, dt.date), "a text")
        if value is None:
            if required and not (key in self and self._values[key][1] is not None):
                self.fault(key, f"{key} is missing", f"add a line `{key}: …`")
            return default
        return str(value).strip()

    def optional(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        return self.text(key) or None

    def integer(self, key: str, default: int, *, least: int | None = None) -> int:
        """A whole number, not under ``least``."""
        value = self._get(key, int, "a whole number")
        if value is None:
            return default
        if least is not None and value < least:
            self.fault(key, f"{key} is {value}", f"write {least} or more")
            return default
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A yes or no."""
        value = self._get(key, bool, "true or false")
        return default if value is None else value

    def date(self, key: str) -> dt.date | None:
        """A date written YYYY-MM-DD."""
        return self._get(key, dt.date, "a date as YYYY-MM-DD")

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is taken as a list of one."""
        self._asked.add(key)
        value = self._values.get(key, (0, None))[1]
        if value is None:
            return ()
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, (Section, list)) or item is None for item in items):
            self.fault(key, f"{key} is {_kind(value)}", "write a list of texts")
            return ()
        return tuple(str(item).strip() for item in items)

    def choice(self, key: str, allowed: Collection[str], default: str) -> str:
        """One of the allowed words."""
        value = self.text(key, default)
        if value in allowed:
            return value
        self.fault(key, f"{key} is {value!r}", did_you_mean(value, allowed))
        return default

    def choices(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """A list of allowed words."""
        words = self.texts(key)
        for word in words:
            if word not in allowed:
                self.fault(key, f"{word!r} is not known in {key}", did_you_mean(word, allowed))
        return tuple(word for word in words if word in allowed)

    def is_section(self, key: str) -> bool:
        """Whether a mapping stands there."""
        return isinstance(self._values.get(key, (0, None))[1], Section)

    def section(self, key: str) -> Section:
        """A mapping; an empty one where the key is absent."""
        value = self._get(key, Section, "a mapping (key: value)")
        return value or Section(self.path, self.line_of(key), {}, self.faults)

    def sections(self, key: str) -> tuple[Section, ...]:
        """A list of mappings."""
        value = self._get(key, list, "a list of mappings") or []
        wrong = [item for item in value if not isinstance(item, Section)]
        if wrong:
            self.fault(key, f"{key} holds {_kind(wrong[0])}", "write a list of mappings (- key: value)")
        return tuple(item for item in value if isinstance(item, Section))

    def mapping(self, key: str) -> dict[str, str]:
        """A mapping from texts to texts."""
        inner = self.section(key)
        return {name: inner.text(name) for name in inner.keys()}  # noqa: SIM118 (a Section is no dict)

    def plain(self, key: str) -> Any:
        """Whatever stands there, as plain dicts, lists and scalars; None where the key is absent."""
        self._asked.add(key)
        return _plain(self._values.get(key, (0, None))[1])

    def refuse_unknown(self) -> None:
        """Note a fault for each key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                self.fault(key, f"{key} is not a known key here", did_you_mean(key, self._asked))


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A suggestion: the nearest known word, else all of them."""
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean {str(near[0])!r}?" if near else "use one of: " + ", ".join(sorted(known))


def read(path: Path) -> Section:
    """Read a YAML file whose top is a mapping.

    Raises:
        NotFoundError: there is no such file.
        FaultsError: the file is not UTF-8, not YAML, or its top is no mapping.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError(f"There is no file {path}.") from error
    except UnicodeDecodeError as error:
        fault = Fault(str(path), None, "the file is not UTF-8", "save it as UTF-8")
        raise FaultsError([fault]) from error
    return parse(text, str(path))


def parse(text: str, path: str) -> Section:
    """Read a YAML text whose top is a mapping; ``path`` names it in faults.

    Raises:
        FaultsError: the text is not YAML, or its top is no mapping.
    """
    faults: list[Fault] = []
    if _depth_bound(text) > _DEEPEST:
        raise FaultsError([Fault(path, None, "the file is nested too deeply", "write it with fewer levels")])
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        tree = _Tree(loader, path, faults).build(node) if node is not None else Section(path, 1, {}, faults)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise FaultsError([_syntax_fault(error, path, text)]) from error
    if not isinstance(tree, Section):
        raise FaultsError([Fault(path, 1, f"the file is {_kind(tree)}", "start it with `key: value` lines")])
    return tree


def dump(value: object) -> str:
    """Write plain values as YAML, keys in the order given, characters as they are."""
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120)
    return text


def _depth_bound(text: str) -> int:
    """No fewer levels than the text can have: open brackets at most, and the widest indentation."""
    brackets = re.findall(r"[\[\]{}]", text)
    flow = max(accumulate(1 if bracket in "[{" else -1 for bracket in brackets), default=0)
    block = max(map(len, re.findall(r"^[ ?-]+", text, re.MULTILINE)), default=0)
    return max(flow, block)


class _Tree:
    """Turns a file's nodes into sections, lists and plain values; each node once, so that aliases cannot grow."""

    def __init__(self, loader: Any, path: str, faults: list[Fault]) -> None:
        self._loader = loader
        self._path = path
        self._faults = faults
        self._built: set[int] = set()

    def build(self, node: Any) -> Any:
        """The value of a node."""
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.tag == _TEXT else self._loader.construct_object(node)
        if id(node) in self._built:
            raise yaml.MarkedYAMLError(problem="an alias repeats a part of the file", problem_mark=node.start_mark)
        self._built.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return Section(self._path, node.start_mark.line + 1, dict(self._pairs(node)), self._faults)
        return [self.build(item) for item in node.value]

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, tuple[int, Any]]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in seen:
                self._faults.append(Fault(self._path, line, f"{key} stands here twice", "keep one of them", key))
            seen.add(key)
            yield key, (line, self.build(value_node))


def _syntax_fault(error: Exception, path: str, text: str) -> Fault:
    if isinstance(error, yaml.reader.ReaderError):
        before = text.encode().count(b"\n", 0, error.position)  # libyaml counts bytes
        return Fault(path, before + 1, f"an invisible character stands here (U+{error.character:04X})", "delete it")
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    line = mark.line + 1 if mark else None
    return Fault(path, line, f"not valid YAML: {problem}", "check indentation, quotes and colons on this line")


def _plain(value: Any) -> Any:
    if isinstance(value, Section):
        return {key: value.plain(key) for key in value.keys()}  # noqa: SIM118 (a Section is no dict)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _as_tuple(kinds: Any) -> tuple[type, ...]:
    return kinds if isinstance(kinds, tuple) else (kinds,)


def _kind(value: object) -> str:
    if isinstance(value, Section):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "a yes/no value"
    return f"{value!r}" if value is not None else "empty"
