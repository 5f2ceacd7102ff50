"""The campaign's mail is deleted from a real Dovecot, and nothing else."""

from typing import Any

import pytest

from rightskit.accounts import ImapServer, MailAccount
from rightskit.errors import NotFoundError
from rightskit.mailbox import removal, sent

PASSWORD = "pässwört € 1"


def mail(number: int) -> tuple[str, bytes]:
    key = f"<m{number}@x.example>"
    return key, f"Message-ID: {key}\r\nSubject: Antwort\r\n\r\nGrüße {number}\r\n".encode()


@pytest.fixture
def account(dovecot: Any, tmp_path: Any) -> MailAccount:
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    server = ImapServer("localhost", dovecot.tls_port, "erika", "tls", str(dovecot.authority))
    folders = ("INBOX", "Entwürfe", "Nirgends")
    return MailAccount("erika@x.example", imap=server, password_command=f"cat {secret}", folders=folders)


def names(place: Any) -> set[str]:
    return {
        line.partition(b": ")[2].strip().decode()
        for part in ("new", "cur")
        for path in (place / part).iterdir()
        for line in path.read_bytes().splitlines()
        if line.startswith(b"Message-ID")
    }


def test_only_what_is_named_goes_from_every_folder(dovecot: Any, account: MailAccount) -> None:
    copies, drafts = dovecot.make_folder("Sent"), dovecot.make_folder("Entw&APw-rfe")
    list(sent.append(account, [mail(1), mail(2)]))
    (drafts / "new" / "3").write_bytes(mail(3)[1])
    (drafts / "cur" / "4:2,T").write_bytes(mail(4)[1])  # somebody else has marked it as deleted
    assert removal.remove(account, ["<m1@x.example>", "<m3@x.example>", "<m9@x.example>"]) == 2
    assert names(copies) == {"<m2@x.example>"}
    assert names(drafts) == {"<m4@x.example>"}
    assert removal.remove(account, ["<m1@x.example>"]) == 0


def test_an_account_without_a_server_is_said() -> None:
    with pytest.raises(NotFoundError, match="no imap"):
        removal.remove(MailAccount("a@x.example"), ["<a>"])
