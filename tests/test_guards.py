"""The guard itself: what it refuses, in this process and in its children, and what it lets pass."""

from __future__ import annotations

import contextlib
import os
import smtplib
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import offline
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightskit import paths

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLIC = "192.0.2.1"  # RFC 5737: for documentation, routed nowhere


def child(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection((PUBLIC, 443), timeout=0.1),
        lambda: socket.create_connection(("2001:db8::1", 443), timeout=0.1),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"", (PUBLIC, 53)),
        lambda: socket.getaddrinfo("datenschutz.example", 443),
        lambda: socket.gethostbyname("datenschutz.example"),
        lambda: smtplib.SMTP("mail.datenschutz.example", timeout=0.1),
    ],
    ids=["connect", "connect over IPv6", "datagram", "look-up", "old look-up", "a mail server"],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_network_is_refused(reach: Callable[[], object], guarded: list[str]) -> None:
    with pytest.raises(offline.RefusedError):
        reach()
    assert len(guarded) == 1
    guarded.clear()


def test_a_refusal_that_the_code_swallows_is_still_remembered(guarded: list[str]) -> None:
    def swallow() -> None:
        with contextlib.suppress(OSError):
            socket.create_connection((PUBLIC, 25), timeout=0.1)

    thread = threading.Thread(target=swallow)
    thread.start()
    thread.join()
    assert guarded == [f"a connection to {PUBLIC}"]
    guarded.clear()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_passes(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection((host, server.getsockname()[1])):
        pass


def test_a_socket_file_passes(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


def test_the_own_name_stays_without_an_answer_but_is_no_offence(guarded: list[str]) -> None:
    assert socket.getfqdn() == socket.gethostname()
    assert guarded == []


def test_home_is_temporary() -> None:
    real = offline.real_homes()
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "RIGHTSKIT_HOME"):
        assert Path(os.environ[name]).is_dir()
        assert os.environ[name] not in real
    assert str(Path.home()) == os.environ["HOME"]
    assert paths.config_dir().is_relative_to(os.environ["RIGHTSKIT_HOME"])


def test_without_its_own_setting_rightskit_still_stays_in_the_temporary_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RIGHTSKIT_HOME")
    assert paths.config_dir().is_relative_to(Path.home())
    assert paths.state_dir().is_relative_to(Path.home())


@pytest.mark.skipif(not offline.real_homes(), reason="this account has no home folder")
def test_the_real_home_is_refused(guarded: list[str]) -> None:
    place = Path(offline.real_homes()[0]) / ".config-of-no-one"
    for change in (place.mkdir, place.touch, place.unlink, lambda: place.write_text("")):
        with pytest.raises(offline.RefusedError):
            change()
    assert not place.exists()
    assert len(guarded) == 4
    guarded.clear()


@given(st.sampled_from(["HOME", "RIGHTSKIT_HOME"]))
def test_a_property_test_gets_the_guard_without_asking(name: str) -> None:
    assert Path(os.environ[name]).is_dir()


def test_a_child_lives_in_the_same_home() -> None:
    assert child("import pathlib; print(pathlib.Path.home())").stdout.strip() == os.environ["HOME"]


@pytest.mark.parametrize(
    "code",
    [
        f"import socket; socket.create_connection(({PUBLIC!r}, 443), timeout=0.1)",
        "import socket; socket.getaddrinfo('datenschutz.example', 443)",
        pytest.param(
            f"open({offline.real_homes()!r}[0] + '/.config-of-no-one', 'w')",
            marks=pytest.mark.skipif(not offline.real_homes(), reason="this account has no home folder"),
        ),
    ],
    ids=["connect", "look-up", "home"],
)
def test_a_child_is_guarded_too(code: str) -> None:
    done = child(code)
    assert done.returncode == 1
    assert "RefusedError: tests may not do this" in done.stderr


def test_nothing_of_the_person_at_this_machine_is_left() -> None:
    assert [name for name in os.environ if name.startswith("RIGHTSKIT_")] == [
        "RIGHTSKIT_TEST_REAL_HOMES",
        "RIGHTSKIT_HOME",
    ]
    assert os.environ["NO_COLOR"]
    assert os.environ["TERM"] == "dumb"


def test_the_command_line_runs_in_an_empty_folder(cli: Callable[..., Any], tmp_path: Path) -> None:
    assert cli("--version").output.startswith("rightskit ")
    assert cli("no-such-command", code=2)
    assert Path.cwd() == tmp_path
