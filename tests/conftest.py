"""What holds for every test: no network, no home folder, no clock and no colours of the person who runs it."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import lots
import offline
import pytest
from hypothesis import HealthCheck, settings
from typer import testing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.testing import Result

pytest_plugins = ["dovecot", "postfix"]  # servers on loopback, from tests/servers

# No test fails because the machine has other things to do.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")

GUARD = Path(offline.__file__).parent
# What would colour, widen or redirect, or lead to the keys and the session of the person at this machine.
UNSET = [
    "CLICOLOR_FORCE",
    "COLUMNS",
    "DBUS_SESSION_BUS_ADDRESS",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "GNUPGHOME",
    "LANGUAGE",
    "LC_ALL",
    "LINES",
    "MAX_WIDTH",
    "PY_COLORS",
    "SSH_AUTH_SOCK",
    "TERMINAL_WIDTH",
    *(name for stem in ("http", "https", "all", "no") for name in (f"{stem}_proxy", f"{stem}_proxy".upper())),
]
HOME_FOLDERS = {
    "HOME": "",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_RUNTIME_DIR": ".run",
    "XDG_STATE_HOME": ".local/state",
}


def pytest_configure(config: pytest.Config) -> None:
    """Before anything of rightskit is imported: move home, then watch this process and its children."""
    offline.real_homes()
    home = Path(tempfile.mkdtemp(prefix="rightskit-home-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in [*UNSET, *(name for name in os.environ if _is_a_setting(name))]:
        os.environ.pop(name, None)
    for name, folder in HOME_FOLDERS.items():
        (home / folder).mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ[name] = str(home / folder)
    os.environ |= {"LANG": "C.UTF-8", "TERM": "dumb", "NO_COLOR": "1", "PYTHONPATH": str(GUARD)}
    offline.install()


def _is_a_setting(name: str) -> bool:
    return name.startswith("RIGHTSKIT_") and not name.startswith("RIGHTSKIT_TEST_")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rounds", type=int, default=10, help="how often tests marked soak repeat what they do")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for ``rounds`` is one for ``make soak``."""
    for item in items:
        if "rounds" in getattr(item, "fixturenames", ()):
            item.add_marker("soak")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    """How often to repeat: 10 times, and as often as ``make soak`` is told."""
    return int(request.config.getoption("--rounds"))


@pytest.fixture(autouse=True)
def guarded(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A configuration folder of its own for each test, and no refused attempt left unnoticed.

    Yields:
        What the guard refused so far; a test that means to be refused empties it.
    """
    monkeypatch.setenv("RIGHTSKIT_HOME", str(tmp_path_factory.mktemp("rightskit")))
    offline.REFUSED.clear()
    yield offline.REFUSED
    assert not offline.REFUSED, f"the test reached for {offline.REFUSED}"


@pytest.fixture(autouse=True)
def drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn in this process is drawn by the test's name."""
    lots.draw_by(monkeypatch, request.node.nodeid)


@pytest.fixture(scope="session", autouse=True)
def built_once() -> Iterator[None]:
    """The tree of all commands is built once: each run in this process would build it anew, in a tenth of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", functools.cache(testing._get_command))
        yield


class Cli(Protocol):
    """Runs one command of rightskit in this process."""

    def __call__(self, *args: str | Path, code: int = 0, answers: str | None = None) -> Result: ...


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """``cli("letter", "access", "schufa", code=3)``: the command, in an empty folder, and the exit code it must give."""
    from rightskit.cli.main import app

    monkeypatch.chdir(tmp_path)

    def run(*args: str | Path, code: int = 0, answers: str | None = None) -> Result:
        result = testing.CliRunner().invoke(app, [str(arg) for arg in args], input=answers)
        assert result.exit_code == code, f"{' '.join(map(str, args))} gave {result.exit_code}:\n{result.output}"
        return result

    return run
