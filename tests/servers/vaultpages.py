"""What stands in the pages of a vault: each is decrypted by the rules of the file format and without SQLCipher."""

from __future__ import annotations

import base64
import ctypes
import ctypes.util
import hashlib
import quopri
from typing import TYPE_CHECKING

from probe_texts import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16


def pages(folder: Path) -> Iterator[bytes]:
    """Every page of the vault and of its journal, decrypted (AES-256-CBC; the key from the passphrase by PBKDF2)."""
    raw = (folder / "vault.db").read_bytes()
    key = hashlib.pbkdf2_hmac("sha512", PASSPHRASE.encode(), raw[:SALT], 1000, 32)
    for start in range(0, len(raw), PAGE):
        yield decrypted(key, raw[start : start + PAGE], SALT if start == 0 else 0)
    journal = folder / "vault.db-wal"
    frames = journal.read_bytes()[32:] if journal.exists() else b""
    for start in range(0, len(frames), PAGE + 24):
        first = int.from_bytes(frames[start : start + 4], "big") == 1
        yield decrypted(key, frames[start + 24 : start + 24 + PAGE], SALT if first else 0)


def decrypted(key: bytes, page: bytes, skip: int) -> bytes:
    crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
    for name in ("EVP_CIPHER_CTX_new", "EVP_aes_256_cbc"):
        getattr(crypto, name).restype = ctypes.c_void_p
    context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
    body, iv = page[skip : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + IV]
    out, length = ctypes.create_string_buffer(PAGE), ctypes.c_int()
    crypto.EVP_DecryptInit_ex(context, ctypes.c_void_p(crypto.EVP_aes_256_cbc()), None, key, iv)
    crypto.EVP_CIPHER_CTX_set_padding(context, 0)
    crypto.EVP_DecryptUpdate(context, out, ctypes.byref(length), body, len(body))
    crypto.EVP_CIPHER_CTX_free(context)
    return out.raw[: length.value]


def forms(word: str) -> set[bytes]:
    """A word as it may stand in a message: plain, quoted-printable, and in base64 at each of its three offsets."""
    plain = word.encode()
    coded = {base64.b64encode(b"\0" * offset + plain)[(offset * 8 + 5) // 6 : -4] for offset in range(3)}
    return {plain, plain.lower(), plain.upper(), quopri.encodestring(plain), *(form for form in coded if len(form) > 5)}


def found_in(folder: Path, words: tuple[str, ...]) -> set[str]:
    """The words that stand in any page. A word over the edge of a page stands whole in the text beside it."""
    everything = b"\n".join(pages(folder))
    return {word for word in words if any(form in everything for form in forms(word))}
