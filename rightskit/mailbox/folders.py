"""The folders of a mail account, as the server lists them (RFC 3501 section 7.2.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rightskit.mailbox import folder_names
from rightskit.mailbox.imap import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

_LISTED = re.compile(rb'\((?P<marks>[^)]*)\) (?P<apart>"(?:[^"\\]|\\.)*"|NIL) (?P<name>.+)', re.DOTALL)
INBOX = "INBOX"
_UNWANTED = (
    "junk",
    "spam",
    "junk-e-mail",
    "junk e-mail",
    "bulk mail",
    "indésirables",
    "courrier indésirable",
    "spamverdacht",
)


@dataclass(frozen=True, slots=True)
class Folder:
    r"""A folder of an account.

    Attributes:
        wire: its name as the server spells it.
        marks: such as ``\junk`` or ``\sent``, in lower case (RFC 6154).
        apart: what parts the levels of its name; empty where there are none.
    """

    wire: str
    marks: frozenset[str]
    apart: str

    @property
    def name(self) -> str:
        """As a person writes it, levels parted by ``/``."""
        plain = folder_names.decode(self.wire)
        return plain.replace(self.apart, "/") if self.apart else plain


def all_(opened: Any) -> list[Folder]:
    """Every folder that can be opened.

    Raises:
        RemoteError: the server failed.
    """
    lines = ask("listing the folders", lambda: opened.list('""', '"*"'))
    found = [_folder(match) for line in lines if (match := _LISTED.match(_joined(line)))]
    return [folder for folder in found if not {"\\noselect", "\\nonexistent"} & folder.marks]


def _joined(line: Any) -> bytes:
    """A name with unusual characters comes as a literal, apart from its line."""
    return re.sub(rb"\{\d+\}$", b"", line[0]) + line[1] if isinstance(line, tuple) else bytes(line)


def _folder(listed: re.Match[bytes]) -> Folder:
    name, apart = (_unquoted(listed[part].decode("ascii", "replace")) for part in ("name", "apart"))
    marks = frozenset(listed["marks"].decode("ascii", "replace").lower().split())
    return Folder(name.strip(), marks, "" if apart == "NIL" else apart)


def _unquoted(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name[1:-1]) if name.startswith('"') else name


def named(known: Sequence[Folder], names: Sequence[str]) -> tuple[list[Folder], list[str]]:
    """The folders that a person named, and the names that fit none; levels are parted by ``/`` or as the server does.

    Without names: the inbox, and where unwanted mail is put, as the server marks it or by its usual names.
    """
    if not names:
        return [folder for folder in known if folder.wire.upper() == INBOX or is_junk(folder)], []
    by_name = {
        name: folder for folder in known for name in (folder.wire, folder.name, folder_names.decode(folder.wire))
    }
    plain = [INBOX if name.upper() == INBOX else name for name in names]
    found = {name: by_name.get(name) for name in plain}
    return [folder for folder in found.values() if folder], [name for name, folder in found.items() if not folder]


def is_junk(folder: Folder) -> bool:
    """Whether unwanted mail is put there."""
    return "\\junk" in folder.marks or folder.name.removeprefix("INBOX/").lower() in _UNWANTED
