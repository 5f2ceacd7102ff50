"""The directory of a ZIP from outside, counted before it is read: a million records would fill the memory."""

from __future__ import annotations

import io
import zipfile
from typing import IO, TYPE_CHECKING, Any, cast

from rightskit.files.problems import TooLargeError

if TYPE_CHECKING:
    from rightskit.files.limits import Limits

_CHUNK = 1 << 20
_CENTRAL_RECORD = b"PK\x01\x02"
# A record of a file takes 46 bytes and its name: names of honest exports are shorter than this on the average.
_RECORD = 400


def opened(stream: IO[bytes], limits: Limits, password: bytes) -> zipfile.ZipFile:
    """The archive; locked ones are locked by AES as a rule, which zipfile does not know.

    Raises:
        TooLargeError: it holds more files than the limit.
        zipfile.BadZipFile: it is damaged.
    """
    counted = _Counted(stream, limits)
    archive = _archive(cast("IO[bytes]", counted), password)
    counted.opened = True
    return archive


def _archive(stream: IO[bytes], password: bytes) -> zipfile.ZipFile:
    if not password:
        return zipfile.ZipFile(stream)
    import pyzipper  # noqa: PLC0415 (heavy: only where used)

    library: Any = pyzipper
    archive = library.AESZipFile(stream)
    archive.setpassword(password)
    return cast("zipfile.ZipFile", archive)


class _Counted(io.RawIOBase):
    """A ZIP whose directory is counted before zipfile makes an object of each record: a million fill the memory.

    zipfile reads the directory in one piece: what it asks for is what is counted, whatever the archive declares.
    """

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        super().__init__()
        self._stream = stream
        self._limits = limits
        self.opened = False

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def read(self, size: int = -1) -> bytes:
        if self.opened:
            return self._stream.read(size)
        most = self._limits.entries
        data = self._stream.read(min(size, most * _RECORD + _CHUNK) if size >= 0 else most * _RECORD + _CHUNK)
        if size > most * _RECORD + _CHUNK or data.count(_CENTRAL_RECORD) > most:
            raise TooLargeError("entries", most, "The archive holds too many files")
        return data
