"""What proves who a person is: passwords and tokens, from their own commands or from the system's keyring."""

from __future__ import annotations

import shlex
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rightskit.errors import WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

SERVICE = "rightskit"
"""The name under which the keyring holds what is ours."""
AROUND: list[Callable[[], AbstractContextManager[None]]] = []
"""What is done around a person's own command: it may ask something on the terminal, which then belongs to it."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What proves to a server who logs in.

    Attributes:
        text: a password, or an access token.
        is_token: whether it is a token for XOAUTH2.
    """

    text: str = field(repr=False)
    is_token: bool = False


def secret_from(command: str) -> str:
    """The first line that a person's own command prints, such as ``pass show campaign``.

    Raises:
        WrongUsageError: there is no such command, or it failed.
    """
    try:
        with ExitStack() as stack:
            for one in AROUND:
                stack.enter_context(one())
            # Split as a shell would, run without one.
            ran = subprocess.run(shlex.split(command), stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise WrongUsageError(f"The command for the secret failed: {_why(error)}.", f"It is: {command}") from error
    return ran.stdout.split("\n", 1)[0]


def _why(error: Exception) -> str:
    if isinstance(error, subprocess.CalledProcessError):
        return f"it ended with {error.returncode}"
    if isinstance(error, FileNotFoundError):
        return f"there is no program {error.filename!r}"
    return "it cannot be run" if isinstance(error, OSError) else "a quote is not closed, or its output is no text"


def xoauth2(user: str, token: str) -> str:
    """The one message of the mechanism XOAUTH2, before base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def from_keyring(name: str) -> str:
    """The password that the system's keyring holds under a name.

    Raises:
        WrongUsageError: there is no keyring, or it holds nothing under this name.
    """
    found = _asked("get_password", name)
    if not found:
        raise WrongUsageError(f"The keyring holds no password for {name!r}.", f"Run: keyring set {SERVICE} {name}")
    return str(found)


def keep_in_keyring(name: str, password: str) -> None:
    """Put a password into the system's keyring.

    Raises:
        WrongUsageError: there is no keyring, or it takes nothing.
    """
    _asked("set_password", name, password)


def _asked(what: str, *words: str) -> Any:
    try:
        import keyring  # noqa: PLC0415 (an extra)
        from keyring.errors import KeyringError  # noqa: PLC0415 (likewise)
    except ImportError as error:
        raise WrongUsageError(
            "The Python package keyring is missing.", "Run: pip install 'rightskit[keyring]'"
        ) from error
    try:
        return getattr(keyring, what)(SERVICE, *words)
    except KeyringError as error:
        raise WrongUsageError(
            f"The system's keyring refused: {type(error).__name__}.", "Use password_command instead."
        ) from error
