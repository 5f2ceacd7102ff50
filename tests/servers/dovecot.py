"""A real Dovecot on loopback, run by an ordinary user in a folder of its own."""

import base64
import contextlib
import hmac
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from certificates import make_certificates

PASSWORD = "pässwört € 1"
# Tests make and remove folders behind the server's back: its index of them, which it renews only when the second of
# the last change is another one, would show folders that are gone.
CONFIG = """
protocols = imap
mailbox_list_index = no
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = yes
mail_location = maildir:{folder}/mail
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
service auth {{
  inet_listener {{
    address = 127.0.0.1
    port = {auth_port}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
"""


TOKEN_KEY = b"an invented key for tokens of a test"
OAUTH2 = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={folder}/keys/
username_attribute = sub
"""


def token(user: str, key: bytes = TOKEN_KEY) -> str:
    """An access token (a JWT, RFC 7519) for a user, valid for an hour."""
    parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": user, "iat": int(time.time()), "exp": int(time.time()) + 3600}]
    body = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    seal = base64.urlsafe_b64encode(hmac.digest(key, body, "sha256")).rstrip(b"=")
    return (body + b"." + seal).decode()


@dataclass(frozen=True)
class Server:
    """A running server: ports, the certificate of its authority, and the folder of its mail.

    ``auth_port`` is where Postfix asks whether a login is right.
    """

    port: int
    tls_port: int
    auth_port: int
    authority: Path
    mail: Path
    user: str
    group: str

    def deliver(self, raw: bytes, folder: str = "", name: str = "1") -> None:
        """Put a message into a folder's ``new``, whole at once; the folder is made where it is missing."""
        place = self.mail / folder
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        file = place / "tmp" / f"{name}.host"
        file.write_bytes(raw)
        if os.getuid() == 0:
            for path in (self.mail, place, *(place / part for part in ("cur", "new", "tmp")), file):
                shutil.chown(path, self.user, self.group)
        file.rename(place / "new" / file.name)

    def make_folder(self, folder: str) -> Path:
        """An empty folder, as a person makes one in a mail program; an old one of that name goes."""
        place = self.mail / f".{folder}"
        shutil.rmtree(place, ignore_errors=True)
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True)
        if os.getuid() == 0:
            for path in (self.mail, place, *place.iterdir()):
                shutil.chown(path, self.user, self.group)
        return place

    def flags(self) -> set[str]:
        """The flags of all messages, as the Maildir's file names tell them."""
        return {path.name.partition(":2,")[2] for path in self.mail.rglob("*.host*")}


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on: below those which the system gives to connections and listeners that name none, so
    that none is taken between this look and the server's start; each process begins its search elsewhere."""
    found: list[int] = []
    for port in range(20_000 + os.getpid() * 17 % 10_000, 32_000):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == number:
            return found
    pytest.fail("no port is free")


def ordinary_user() -> tuple[str, str]:
    entry = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    return entry.pw_name, __import__("grp").getgrgid(entry.pw_gid).gr_name


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail("Dovecot did not start: " + (log.read_text() if log.exists() else "no log"))


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A Dovecot of its own, until the block ends."""
    program = shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not program or not shutil.which("openssl"):
        pytest.skip("dovecot or openssl is not installed")
    if os.getuid() == 0 and not Path("/").stat().st_mode & 0o001:
        pytest.skip("an ordinary user, as which Dovecot runs, cannot enter this machine's root folder")
    folder = Path(tempfile.mkdtemp(prefix="rightskit-dovecot-"))
    user, group = ordinary_user()
    port, tls_port, auth_port = free_ports(3)
    server = Server(port, tls_port, auth_port, folder / "ca.pem", folder / "mail", user, group)
    make_certificates(folder)
    (folder / "users").write_text(f"erika:{PASSWORD}\n", encoding="utf-8")
    for name in ("run", "state", "mail", "home"):
        (folder / name).mkdir()
    config = folder / "dovecot.conf"
    config.write_text(
        CONFIG.format(folder=folder, user=user, group=group, port=port, tls_port=tls_port, auth_port=auth_port),
        encoding="utf-8",
    )
    keys = folder / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(base64.b64encode(TOKEN_KEY))
    (folder / "oauth2.conf").write_text(OAUTH2.format(folder=folder), encoding="utf-8")
    as_user: dict[str, str] = {}
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user, group)
        as_user = {"user": user, "group": group}
    process = subprocess.Popen([program, "-F", "-c", str(config)], **as_user)  # type: ignore[call-overload]
    try:
        wait_for(port, process, folder / "log")
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def trusted(dovecot: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with its authority among those that this process trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.authority))
    return dovecot
