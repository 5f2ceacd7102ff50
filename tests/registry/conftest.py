"""A small invented registry in the form of the open one, and the real archive where it lies beside the project."""

import io
import json
import tarfile
import zipfile
from pathlib import Path

import pytest

REAL = Path(__file__).parents[3] / "shared" / "registry"


def record(slug, **fields):
    given = {
        "slug": slug,
        "relevant-countries": ["de"],
        "categories": ["credit agency"],
        "name": f"{slug.title()} GmbH",
        "address": "Am Anger 1\n65201 Wiesbaden\nDeutschland",
        "email": f"datenschutz@{slug}.example",
        "web": f"https://www.{slug}.example",
        "sources": [f"https://www.{slug}.example/impressum"],
        "quality": "verified",
        **fields,
    }
    return json.dumps({key: value for key, value in given.items() if value is not None}, indent=4) + "\n"


def gone(slug, **fields):
    given = {
        "slug": slug,
        "name": f"{slug.title()} GmbH",
        "reason": "company-defunct",
        "sources": ["https://a.example"],
    }
    return json.dumps(given | {"quality": "obsolete"} | fields, indent=4) + "\n"


@pytest.fixture
def sample():
    """Path -> text: three companies (one file without extension), an authority, two former records, a pack, a letter."""
    authority = json.loads(record("dehess", name="Der Hessische Beauftragte", categories=None, quality=None))
    del authority["web"]
    return {
        "companies/klee.json": record("klee", runs=["Kleeblatt"], comments=["Nur mit Brief."]),
        "companies/distel.json": record("distel", email=None, **{"suggested-transport-medium": "letter"}),
        "companies/mohn": record("mohn", quality="scraped", **{"relevant-countries": ["all"]}),
        "supervisory-authorities/dehess.json": json.dumps(authority, indent=4) + "\n",
        "obsolete-records/vierblatt.json": gone("vierblatt", reason="company-merged", **{"redirect-to": "klee"}),
        "obsolete-records/halm.json": gone("halm"),
        "company-packs/de.json": '[\n    {\n        "slug": "credit",\n        "type": "add-all",\n        '
        '"companies": [\n            "klee"\n        ]\n    }\n]\n',
        "templates/de/access-forest.txt": "Guten Tag,\n",
        "schema.json": "{}\n",
        "LICENSE": "CC0\n",
        "README.md": "not kept\n",
    }


def write_folder(top, files):
    for name, text in files.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return top


def tar_of(files, prefix="data-master/", extra=()):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=1) as archive:
        for name, text in files.items():
            raw = text if isinstance(text, bytes) else text.encode()
            info = tarfile.TarInfo(prefix + name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
        for info in extra:
            archive.addfile(info)
    return buffer.getvalue()


def zip_of(files, prefix="data-master/"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(prefix + name, text)
    return buffer.getvalue()


@pytest.fixture
def make():
    """The ways to make a registry: ``make.record``, ``make.folder(top, files)``, ``make.tar(files)``, …"""

    class Make:
        record = staticmethod(record)
        gone = staticmethod(gone)
        folder = staticmethod(write_folder)
        tar = staticmethod(tar_of)
        zip = staticmethod(zip_of)

    return Make


@pytest.fixture(scope="session")
def real_archive():
    """The archive of the open registry that the project is measured with."""
    found = sorted(REAL.glob("*.tar.gz"))
    if not found:
        pytest.skip("the archive of the open registry does not lie beside the project")
    return found[-1]
