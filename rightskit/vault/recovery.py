"""A second key to a vault, for the day on which the first one is lost.

SQLCipher knows one passphrase. The second key is a file beside the vault, itself encrypted with SQLCipher under a code
that was drawn at random, and it holds the passphrase. Whoever keeps the code opens the vault with it; the file alone
tells nothing.
"""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, NullPool, create_engine
from sqlalchemy.exc import DatabaseError

from rightskit.campaign.reference import ALPHABET
from rightskit.errors import NotFoundError, WrongUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

FILE_NAME = "vault.recovery"
_GROUPS, _EACH = 8, 4
"""Of the code: 32 characters of Crockford's base 32 are 160 bits."""
_LOOKALIKES = str.maketrans("OIL", "011")


def make(folder: Path, passphrase: str) -> str:
    """Write the second key of a campaign's vault and give its code; an earlier one opens nothing any more.

    Args:
        folder: of the campaign.
        passphrase: of the vault.
    """
    code = "-".join(_groups())
    with tempfile.TemporaryDirectory(dir=folder, prefix=".part-") as name:
        part = Path(name) / FILE_NAME
        with _engine(part, code).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE passphrase (value TEXT NOT NULL)")
            connection.exec_driver_sql("INSERT INTO passphrase VALUES (?)", (passphrase,))
        part.chmod(0o600)
        part.replace(folder / FILE_NAME)
    return code


def passphrase(folder: Path, code: str) -> str:
    """The vault's passphrase, by the code of its second key; case, spaces and dashes do not count.

    Raises:
        NotFoundError: the campaign has no second key.
        WrongUsageError: the code does not fit.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise NotFoundError(f"There is no {path}.", "A second key is made while the passphrase is known.")
    plain = "".join(code.split()).replace("-", "").upper().translate(_LOOKALIKES)
    typed = "-".join(plain[start : start + _EACH] for start in range(0, len(plain), _EACH))
    try:
        with _engine(path, typed).connect() as connection:
            return str(connection.exec_driver_sql("SELECT value FROM passphrase").scalar_one())
    except DatabaseError as error:
        raise WrongUsageError("The code does not fit this vault.", "It has 8 groups of 4 characters.") from error


def remove(folder: Path) -> bool:
    """Remove the second key, such as when the passphrase has changed; False where there was none."""
    path = folder / FILE_NAME
    there = path.is_file()
    path.unlink(missing_ok=True)
    return there


def _groups() -> Iterator[str]:
    for _ in range(_GROUPS):
        yield "".join(secrets.choice(ALPHABET) for _ in range(_EACH))


def _engine(path: Path, code: str) -> Engine:
    url = URL.create("sqlite+pysqlcipher", password=code, database=str(path))
    return create_engine(url, hide_parameters=True, poolclass=NullPool)
