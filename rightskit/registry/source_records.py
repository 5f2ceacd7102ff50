"""Source files -> records: what can be read of each, and why the rest is set aside."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from rightskit.errors import Fault
from rightskit.registry.countries import named
from rightskit.registry.source_form import FORMS, Kind, violations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rightskit.registry.source_form import SourceFile

_PARSED = {*FORMS, Kind.PACK}


class Parsed(NamedTuple):
    """One file that could be read.

    Attributes:
        file: as it arrived.
        value: its JSON value: a mapping with a slug, or the list of a file of packs.
    """

    file: SourceFile
    value: Any

    @property
    def slug(self) -> str:
        """The record's slug; empty for packs."""
        return str(self.value["slug"]) if isinstance(self.value, dict) else ""


@dataclass(frozen=True, slots=True)
class Records:
    """The source's files, sorted into what they are.

    Attributes:
        by_slug: per kind, slug -> record.
        packs: the files of packs.
        kept: files that are kept as they are: letters, schemas, the licence.
        aside: path -> why it was set aside; its bytes are kept all the same.
    """

    by_slug: dict[Kind, dict[str, Parsed]] = field(default_factory=lambda: {kind: {} for kind in FORMS})
    packs: list[Parsed] = field(default_factory=list)
    kept: list[SourceFile] = field(default_factory=list)
    aside: dict[str, Fault] = field(default_factory=dict)


def sort(files: Iterable[SourceFile]) -> Records:
    """Read the files; one that is damaged is set aside with the reason and stops nothing."""
    records = Records()
    for file in files:
        if file.kind not in _PARSED:
            records.kept.append(file)
            continue
        read = parse(file)
        fault = read if isinstance(read, Fault) else _place(read, records)
        if fault:
            records.aside[file.path] = fault
    return records


def parse(file: SourceFile) -> Parsed | Fault:
    """Read one record; a fault where it is not UTF-8, not JSON, or lacks what makes it a record."""
    try:
        value = json.loads(file.raw.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return Fault(file.path, None, "is not UTF-8", "save it as UTF-8")
    except json.JSONDecodeError as error:
        return Fault(file.path, error.lineno, f"is not JSON: {error.msg}", "correct the commas, quotes and brackets")
    except (ValueError, RecursionError):
        return Fault(file.path, None, "is not JSON that can be read: odd numbers, or nested too deep", "write it anew")
    for violation in violations(file.kind, value):
        if violation.broken:
            line = line_of(file.raw, violation.field)
            return Fault(file.path, line, violation.message, "write it as the source's schema says", violation.field)
    return Parsed(file, value)


def line_of(raw: bytes, key: str) -> int | None:
    """The line of a record's field, counted from 1; None where it does not stand there."""
    at = raw.find(f'"{key}"'.encode()) if key else -1
    return raw.count(b"\n", 0, at) + 1 if at >= 0 else None


def _place(read: Parsed, records: Records) -> Fault | None:
    path, kind = read.file.path, read.file.kind
    if kind is Kind.PACK:
        records.packs.append(read)
        return None
    there = records.by_slug[kind]
    if read.slug in there:
        other = there[read.slug].file.path
        return Fault(path, None, f"has the slug of {other}", "give each record a slug of its own", "slug")
    if kind in {Kind.COMPANY, Kind.AUTHORITY} and not named(last_line(read.value["address"])):
        message = "ends its address with no country that is known here"
        return Fault(path, line_of(read.file.raw, "address"), message, "end it with the country's name", "address")
    there[read.slug] = read
    return None


def last_line(address: str) -> str:
    """The last line of an address that is not empty: its country."""
    return next((line.strip() for line in reversed(address.split("\n")) if line.strip()), "")


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
