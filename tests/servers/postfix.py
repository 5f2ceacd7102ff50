"""A real Postfix on loopback, in a folder of its own: after a login that Dovecot checks, it takes letters for invented domains into a Maildir."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from certificates import make_certificates
from dovecot import free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path("/usr/sbin/postfix")
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth_port}
smtpd_client_restrictions = permit_sasl_authenticated, reject
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_client_connection_count_limit = 0
smtputf8_enable = yes
biff = no
smtpd_reject_unlisted_recipient = no
transport_maps = inline:{{ {{ gone.example = error:5.1.1 there is no such mailbox }} }}
virtual_mailbox_domains = static:all
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:in/
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A running server: its port, the certificate of its authority, and where letters arrive."""

    port: int
    authority: Path
    arrived: Path

    def mails(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted(self.arrived.glob("new/*"))]

    def wait_for(self, number: int) -> list[bytes]:
        for _ in range(600):
            if len(found := self.mails()) >= number:
                return found
            time.sleep(0.05)
        return self.mails()


def why_not() -> str:
    """What keeps Postfix from running here; empty where nothing does."""
    if not PROGRAM.exists() or not shutil.which("openssl"):
        return "postfix or openssl is not installed"
    if sys.platform != "linux" or os.getuid() != 0:
        return "Postfix starts only as root"
    return "" if Path("/").stat().st_mode & 0o001 else "Postfix's user cannot enter this machine's root folder"


@pytest.fixture(scope="module")
def postfix(dovecot: Any) -> Iterator[Postfix]:
    if reason := why_not():
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="rightskit-postfix-"))
    folder.chmod(0o755)
    (port,) = free_ports(1)
    make_certificates(folder)
    _settle(folder, port, dovecot.auth_port)
    command = [str(PROGRAM), "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True, timeout=60)
    try:
        _wait_for(port, folder / "log")
        yield Postfix(port, folder / "ca.pem", folder / "mail" / "in")
    finally:
        subprocess.run([*command, "stop"], check=True, capture_output=True, timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _settle(folder: Path, port: int, auth_port: int) -> None:
    user = pwd.getpwnam("postfix")
    for name in ("etc", "queue", "data", "mail"):
        (folder / name).mkdir(mode=0o755)
    for name in ("data", "mail"):
        os.chown(folder / name, user.pw_uid, user.pw_gid)
    values = {"folder": folder, "port": port, "auth_port": auth_port, "uid": user.pw_uid, "gid": user.pw_gid}
    (folder / "etc" / "main.cf").write_text(MAIN.format(**values))
    (folder / "etc" / "master.cf").write_text(MASTER.format(**values))


def _wait_for(port: int, log: Path) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    pytest.fail("Postfix did not start: " + (log.read_text() if log.exists() else "no log"))
