"""What is packed: everything that rightskit needs, from its lock files on, and nothing of anyone's campaign."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import secrets
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import rightskit

CHECKOUT = Path(__file__).parent.parent
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PUBLIC = ["letters", "recipes", "campaigns", "controllers.yaml", "rightskit"]
# What may lie in the folder of someone who runs a campaign from a checkout; the name says whose.
PRIVATE = [
    "members.csv",
    "mira-participants.csv",
    "me.yaml",
    "demo-campaign/vault.db",
    "demo-campaign/members.csv",
    "campaigns/x/vault.db",
    "campaigns/x/vault.db-wal",
    "campaigns/x/members.csv",
    "campaigns/x/mira-participants.csv",
    "campaigns/x/outbox/RK-0000-0000.eml",
    "campaigns/x/letters/mira.pdf",
    "letters/mira.pdf",
    "letters/de/mira.txt",
    "recipes/mira-disclosure.json",
    "rightskit/vault.db",
    "exports/mira.csv",
]
SECRET = secrets.token_hex(16)
ME = """\
name: Mira Musterfrau
address: [Musterweg 1, 10115 Berlin]
birthdate: 1980-02-03
email: mira@members.example
"""


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sdist, and the wheel built from it, of a checkout in which private files lie about."""
    copy = tmp_path_factory.mktemp("checkout")
    listed = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    for name in {"pyproject.toml", ".gitignore"} | {entry.split("/")[1] for entry in listed}:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.db*"))
        elif source.exists():
            shutil.copy(source, copy)
    for name in PRIVATE:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(SECRET)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", "out", ".", cwd=copy)
    (sdist,) = (copy / "out").glob("*.tar.gz")
    (wheel,) = (copy / "out").glob("*.whl")
    return {"sdist": sdist, "wheel": wheel}


@pytest.fixture(scope="module")
def installed(archives: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel as pip installs it, apart from the checkout."""
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    run(*pip, "--target", str(target), str(archives["wheel"]), cwd=target)
    return target


def run(*command: str, cwd: Path, path: Path | None = None) -> str:
    """What a command printed, run without the checkout and without measuring what it covers."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    if path:
        env["PYTHONPATH"] = os.pathsep.join([str(path), env["PYTHONPATH"]])
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def packed(archive: Path) -> set[str]:
    if archive.suffix == ".whl":
        return set(zipfile.ZipFile(archive).namelist())
    with tarfile.open(archive) as tar:
        return {member.name.partition("/")[2] for member in tar.getmembers() if member.isfile()}


def contents(archive: Path) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as whole:
            return b"".join(whole.read(name) for name in whole.namelist())
    with tarfile.open(archive) as tar:
        return b"".join(file.read() for member in tar.getmembers() if (file := tar.extractfile(member)))


def shipped(folder: str) -> set[str]:
    """The files of a folder that git would keep: all but caches and what a campaign leaves in it."""
    top = CHECKOUT / folder
    files = [top] if top.is_file() else [path for path in top.rglob("*") if path.is_file()]
    return {
        path.relative_to(CHECKOUT).as_posix()
        for path in files
        if path.suffix in {".py", ".typed", ".yaml", ".md", ".css", ".html", ".ttf"} and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("kind", ["sdist", "wheel"])
def test_nothing_private_is_packed(archives: dict[str, Path], kind: str) -> None:
    names = packed(archives[kind])
    assert not [name for name in names if "mira" in name or re.search(r"members\.csv|\.db|\.eml|me\.yaml", name)]
    assert SECRET.encode() not in contents(archives[kind])


@pytest.mark.parametrize("folder", PUBLIC)
def test_everything_that_rightskit_needs_is_packed(archives: dict[str, Path], folder: str) -> None:
    wanted = shipped(folder)
    assert wanted
    assert wanted <= packed(archives["sdist"])
    place = "" if folder == "rightskit" else "rightskit/_shipped/"
    assert {place + name for name in wanted} <= packed(archives["wheel"])


def test_the_wheel_holds_nothing_else(archives: dict[str, Path]) -> None:
    others = {name for name in packed(archives["wheel"]) if not name.startswith("rightskit/")}
    assert {name.partition("/")[0] for name in others} == {f"rightskit-{rightskit.__version__}.dist-info"}
    top = {name.split("/")[2] for name in packed(archives["wheel"]) if name.startswith("rightskit/_shipped/")}
    assert top == {"letters", "recipes", "campaigns", "controllers.yaml"}


@pytest.mark.parametrize("name", ["LICENSE", "letters/LICENSE", "letters/fonts/OFL.txt"])
def test_the_licences_go_with_it(archives: dict[str, Path], name: str) -> None:
    assert name in packed(archives["sdist"])
    assert f"rightskit-{rightskit.__version__}.dist-info/licenses/{name}" in packed(archives["wheel"])


def test_the_sdist_can_be_built_and_tested(archives: dict[str, Path]) -> None:
    needed = {"pyproject.toml", "README.md", "Makefile", "tests/conftest.py", "tests/guard/sitecustomize.py", *LOCKS}
    needed |= {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "scripts").iterdir()}
    assert needed <= packed(archives["sdist"])


def test_the_wheel_works_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "me.yaml").write_text(ME, encoding="utf-8")
    place = run(sys.executable, "-c", "import rightskit; print(rightskit.__file__)", cwd=tmp_path, path=installed)
    assert Path(place.strip()).is_relative_to(installed)
    command = str(installed / "bin" / "rightskit")
    assert run(command, "--version", cwd=tmp_path, path=installed) == f"rightskit {rightskit.__version__}\n"
    asked = ["letter", "access", "schufa", "--lang", "de", "--me", "me.yaml"]
    run(command, *asked, "--format", "txt", "-o", "letter.txt", cwd=tmp_path, path=installed)
    letter = (tmp_path / "letter.txt").read_text(encoding="utf-8")
    assert "Mira Musterfrau\nMusterweg 1\n10115 Berlin" in letter
    assert "Art. 15" in letter
    run(command, *asked, "--format", "pdf", "-o", "letter.pdf", cwd=tmp_path, path=installed)
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")


def test_the_version_is_stated_once() -> None:
    assert PROJECT["project"]["version"] == rightskit.__version__


def normal(requirement: str) -> str:
    """The name in a requirement, as PEP 503 compares names."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def locked(name: str) -> dict[str, str]:
    """Package to version, as a lock file pins them."""
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)", (CHECKOUT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return dict(pins)


def declared() -> set[str]:
    return {normal(requirement) for requirement in PROJECT["project"]["dependencies"]}


def extras() -> set[str]:
    return {normal(one) for some in PROJECT["project"]["optional-dependencies"].values() for one in some}


def test_every_import_is_declared() -> None:
    imported = set()
    for path in (CHECKOUT / "rightskit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"rightskit"}
    packages = importlib.metadata.packages_distributions()
    known = declared() | extras()
    assert {
        name: packages.get(name) for name in foreign if not {normal(p) for p in packages.get(name, [name])} & known
    } == {}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host_and_every_hash(name: str) -> None:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|//|@|--(index|extra-index|find-links|trusted)", text)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    names = {block.partition("==")[0] for block in blocks}  # one may be pinned twice, for older and newer Pythons
    assert len(names) == len(locked(name)) > 20
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_locks_hold_what_is_declared_at_the_same_versions() -> None:
    run_time, development = (locked(name) for name in LOCKS)
    assert declared() | {"hatchling"} <= set(run_time)
    tools = {normal(entry) for entry in PROJECT["dependency-groups"]["dev"] if isinstance(entry, str)}
    assert tools <= set(development)
    assert run_time.items() <= development.items()
    assert not tools & set(run_time) - {"hatchling"}
