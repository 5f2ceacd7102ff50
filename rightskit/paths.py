"""Where things lie: what is shipped, and what rightskit keeps outside campaign folders."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from rightskit.errors import NotFoundError

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Where the shipped ``letters``, ``recipes``, ``campaigns`` or ``controllers.yaml`` lies.

    In a wheel that is ``rightskit/_shipped/``; in a checkout the top folder.
    """
    packed = _PACKAGE / "_shipped" / name
    return packed if packed.exists() else _PACKAGE.parent / name


def demand_file(path: Path) -> None:
    """Refuse the name of a file that is not there.

    Raises:
        NotFoundError: there is none.
    """
    if not path.is_file():
        raise NotFoundError(f"There is no file {path}.")


def config_dir() -> Path:
    """The folder of the person's accounts and settings; ``RIGHTSKIT_HOME`` moves it."""
    home = os.environ.get("RIGHTSKIT_HOME")
    return Path(home) / "config" if home else Path(platformdirs.user_config_dir("rightskit"))


def data_dir() -> Path:
    """The folder of what a person took over from elsewhere, such as a registry; ``RIGHTSKIT_HOME`` moves it."""
    home = os.environ.get("RIGHTSKIT_HOME")
    return Path(home) / "data" if home else Path(platformdirs.user_data_dir("rightskit"))


def state_dir() -> Path:
    """The folder of bug reports; ``RIGHTSKIT_HOME`` moves it."""
    home = os.environ.get("RIGHTSKIT_HOME")
    return Path(home) / "state" if home else Path(platformdirs.user_state_dir("rightskit"))
