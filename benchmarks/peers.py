"""What stands beside rightskit: other programs and the standard library at the same work, each in a process of its own.

python -m benchmarks.peers NAME WORDS…
"""

from __future__ import annotations

import csv
import email
import imaplib
import os
import smtplib
import ssl
import sys
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def read_csv(path: str) -> None:
    """Read a list of members, and check nothing."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        print(sum(1 for _ in csv.DictReader(file)))


def letters(number: str) -> None:
    """Lay out letters with WeasyPrint, one by one."""
    from benchmarks.pdf import one_by_one

    one_by_one(int(number))


def mails(outbox: str, target: str) -> None:
    """Build as many messages with email.message as lie in an outbox, with the text of one of them, and write each."""
    paths = sorted(Path(outbox).glob("*.eml"))
    first = email.message_from_bytes(paths[0].read_bytes(), policy=default)
    body = first.get_body()
    text = body.get_content() if body else ""
    for number, path in enumerate(paths):
        message = EmailMessage(policy=SMTP)
        message["From"] = f"Member {number} via Initiative <campaign@initiative.example>"
        message["To"] = "office@bureau.example"
        message["Reply-To"] = f"campaign+{number}@initiative.example"
        message["Subject"] = f"Auskunft nach Art. 15 DSGVO [{path.stem}]"
        message["Date"] = "Mon, 02 Mar 2026 12:00:00 +0000"
        message["Message-ID"] = f"<{path.stem}@initiative.example>"
        message["Content-Language"] = "de"
        message.set_content(text.replace("\r\n", "\n"), charset="utf-8", cte="quoted-printable")
        (Path(target) / path.name).write_bytes(message.as_bytes())
    print(len(paths))


def smtp(port: str, outbox: str, number: str) -> None:
    """Send files from an outbox with smtplib, over one connection."""
    paths = sorted(Path(outbox).glob("*.eml"))[: int(number)]
    with smtplib.SMTP("localhost", int(port)) as server:
        for path in paths:
            server.sendmail("campaign@initiative.example", ["office@bureau.example"], path.read_bytes())
    print(len(paths))


def parse_all(folder: str) -> None:
    """Parse each message of a Maildir with the standard library: head, text and attachments, nothing kept."""
    print(sum(_parse(path.read_bytes()) for path in sorted(Path(folder, "new").iterdir())))


def our_parse(folder: str) -> None:
    """The same messages opened by rightskit, nothing classified and nothing kept."""
    from rightskit.mailbox.parse import parse

    print(sum(bool(parse(path.read_bytes()).id) for path in sorted(Path(folder, "new").iterdir())))


def imap(port: str, authority: str, password: str) -> None:
    """Fetch all messages with imaplib, a hundred at a time, and parse each as above."""
    read = 0
    context = ssl.create_default_context(cafile=authority)
    with imaplib.IMAP4_SSL("localhost", int(port), ssl_context=context) as server:
        server.authenticate("PLAIN", lambda _: f"\0erika\0{password}".encode())
        server.select("INBOX", readonly=True)
        uids = server.uid("SEARCH", "ALL")[1][0].decode().split()
        for start in range(0, len(uids), 100):
            answer = server.uid("FETCH", ",".join(uids[start : start + 100]), "(UID BODY.PEEK[])")[1]
            read += sum(_parse(item[1]) for item in answer if isinstance(item, tuple))
    print(read)


def _parse(raw: bytes) -> bool:
    message = email.message_from_bytes(raw, policy=default)
    head = [str(message[name]) for name in ("From", "To", "Subject", "Date", "Message-ID")]
    body = message.get_body(("plain", "html"))
    text = body.get_content() if body else ""
    files = [part.get_payload(decode=True) for part in message.walk() if part.get_filename()]
    return bool(head and (text or files or message.is_multipart()))


def tables(path: str) -> None:
    """Count members by variable and value over a Parquet file, with duckdb alone: no small group is hidden."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(f"SET threads={os.cpu_count()}")
        query = f"SELECT variable, text, count(DISTINCT member), avg(number) FROM '{path}' GROUP BY ALL ORDER BY ALL"  # noqa: S608
        print(len(connection.execute(query).fetchall()))


def key(path: str) -> None:
    """Open a vault with its passphrase and read one row: the derivation of the key, in seconds."""
    import time

    import sqlcipher3

    from benchmarks.world import PASSPHRASE

    library: Any = sqlcipher3  # its names come through stars
    start = time.perf_counter()
    connection = library.connect(path)
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    print(time.perf_counter() - start)


NAMES: dict[str, Callable[..., None]] = {
    "key": key,
    "csv": read_csv,
    "letters": letters,
    "mails": mails,
    "smtp": smtp,
    "parse": parse_all,
    "our-parse": our_parse,
    "imap": imap,
    "tables": tables,
}


if __name__ == "__main__":
    NAMES[sys.argv[1]](*sys.argv[2:])
