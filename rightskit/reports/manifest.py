"""What lies beside a dossier: how to read it, what is in it, and how to check that nothing was changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rightskit import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rightskit.reports.dossier import Dossier

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"


def readme(dossier: Dossier, language: str) -> dict[str, bytes]:
    """README.txt: what each file is, in the language of the dossier."""
    words = {
        "title": texts.text(language, "dossier.title", controller=dossier.heading.controller[0]),
        "confidential": texts.text(language, "dossier.confidential"),
        "folder": texts.text(language, "dossier.folder") + "/",
    }
    return {"README.txt": (texts.text(language, "dossier.readme", **words) + "\n").encode()}


def lists(dossier: Dossier, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The manifest as JSON, and the checksums of all files for ``sha256sum --check``.

    Args:
        dossier: what was written; a member without a name stands in the lists under a number alone.
        files: path inside the folder -> bytes, without the exhibits.
    """
    sums = {name: _digest(content) for name, content in files.items()}
    sums |= {one.file: one.sha256 for one in dossier.exhibits}
    manifest = _json(_manifest(dossier, sums))
    lines = [f"{digest}  {name}\n" for name, digest in {**sums, MANIFEST: _digest(manifest)}.items()]
    return {MANIFEST: manifest, SUMS: "".join(lines).encode()}


def _manifest(dossier: Dossier, sums: Mapping[str, str]) -> dict[str, Any]:
    heading = dossier.heading
    return {
        "controller": heading.controller[0],
        "campaign": heading.campaign,
        "organiser": heading.organiser[0],
        "date": heading.date.isoformat(),
        "language": dossier.figures.language,
        "people": [{"number": person.number, "name": person.name or None} for person in dossier.people],
        "exhibits": [asdict(one) for one in dossier.exhibits],
        "left_out": [asdict(one) for one in dossier.left_out],
        "files": dict(sums),
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
