"""The IMAP adapter against a real Dovecot: safe connections only, and nothing is changed by reading."""

import contextlib
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from dovecot import token

from rightskit.accounts import ImapServer as Account
from rightskit.credentials import Secret
from rightskit.errors import RefusedError, RemoteError
from rightskit.mailbox import folder_names, imap, inbox
from rightskit.mailbox.folders import Folder
from rightskit.mailbox.inbox import opened

PASSWORD = "pässwört € 1"


def account(server: Any, security: Any = "tls", host: str = "localhost") -> Account:
    port = server.tls_port if security == "tls" else server.port
    return Account(host, port, "erika", security)


def messages(
    server: Account, password: str, folders: list[str], since: dict[str, tuple[int, int]]
) -> Iterator[tuple[str, int, int, bytes | None]]:
    """Folder, UIDVALIDITY, UID and bytes of the messages after those UIDs; of all in a folder whose UIDs are new."""
    with opened(server, Secret(password)) as box:
        found, missing = box.folders(folders)
        assert not missing
        for folder in found:
            validity = box.examine(folder)
            known, last = since.get(folder.name, (0, 0))
            for uid, raw in box.fetch(box.after(last if known == validity else 0)):
                yield folder.name, validity, uid, raw


def mail(subject: str) -> bytes:
    return f"From: amt@firma.example\r\nSubject: {subject}\r\n\r\nGuten Tag\r\n".encode()


@pytest.fixture
def box(trusted: Any) -> Any:
    trusted.deliver(mail("eins"), name="1")
    trusted.deliver(mail("zwei"), name="2")
    trusted.deliver(mail("Entwurf"), ".Entw&APw-rfe", name="3")
    return trusted


@pytest.mark.parametrize("security", ["tls", "starttls", "none-on-loopback"])
def test_messages_are_read_and_left_unseen(box: Any, security: str) -> None:
    found = list(messages(account(box, security), PASSWORD, ["INBOX", "Entwürfe"], {}))
    assert [(folder, raw) for folder, _, _, raw in found] == [
        ("INBOX", mail("eins")),
        ("INBOX", mail("zwei")),
        ("Entwürfe", mail("Entwurf")),
    ]
    assert box.flags() == {""}


def test_only_newer_messages_are_fetched_unless_the_folder_is_new(box: Any) -> None:
    first = list(messages(account(box), PASSWORD, ["INBOX"], {}))
    _, validity, uid, _ = first[0]
    after = list(messages(account(box), PASSWORD, ["INBOX"], {"INBOX": (validity, uid)}))
    assert after == first[1:]
    last = first[-1][2]
    assert list(messages(account(box), PASSWORD, ["INBOX"], {"INBOX": (validity, last)})) == []
    assert list(messages(account(box), PASSWORD, ["INBOX"], {"INBOX": (validity + 1, last)})) == first


def test_many_and_large_messages_come_in_batches(trusted: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "_BATCH_MESSAGES", 7)
    monkeypatch.setattr(inbox, "_BATCH_BYTES", 100_000)
    large = mail("groß") + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 40_000
    for number in range(30):
        trusted.deliver(mail(str(number)), ".Viele", name=f"{number:03}")
    trusted.deliver(large, ".Viele", name="999")
    found = [raw for *_, raw in messages(account(trusted), PASSWORD, ["Viele"], {})]
    assert sorted(found) == sorted([*(mail(str(number)) for number in range(30)), large])


def test_starttls_connects_every_time(box: Any) -> None:
    for _ in range(20):
        assert len(list(messages(account(box, "starttls"), PASSWORD, ["INBOX"], {}))) == 2


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_unknown_authority_is_refused(dovecot: Any, security: str) -> None:
    with pytest.raises(RemoteError, match="certificate of localhost was refused"):
        list(messages(account(dovecot, security), PASSWORD, ["INBOX"], {}))


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_wrong_host_name_is_refused(trusted: Any, security: str) -> None:
    with pytest.raises(RemoteError, match=r"certificate of 127\.0\.0\.1 was refused"):
        list(messages(account(trusted, security, host="127.0.0.1"), PASSWORD, ["INBOX"], {}))


def test_a_refused_login_does_not_show_the_password(trusted: Any) -> None:
    with pytest.raises(RemoteError, match="refused the login") as caught:
        list(messages(account(trusted), "falsch-ö", ["INBOX"], {}))
    assert "falsch" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_access_token_logs_in_and_a_forged_one_does_not(box: Any) -> None:
    with opened(account(box), Secret(token("erika"), is_token=True)) as box_:
        assert box_.folders(["INBOX"])[1] == []
    forged = Secret(token("erika", key=b"another key"), is_token=True)
    with pytest.raises(RemoteError, match="refused the login") as caught, opened(account(box), forged):
        pass
    assert forged.text not in str(caught.value)


def test_folders_are_found_as_a_person_names_them(box: Any) -> None:
    for place in (".Archiv.2026", ".A &- B", ".Junk", ".Spam"):
        box.deliver(mail("dort"), place)
    with opened(account(box), Secret(PASSWORD)) as box_:
        found, missing = box_.folders(["inbox", "Entwürfe", "Archiv/2026", "Archiv.2026", "A & B", "Nirgends"])
        assert [folder.name for folder in found] == ["INBOX", "Entwürfe", "Archiv/2026", "Archiv/2026", "A & B"]
        assert missing == ["Nirgends"]
        assert {folder.name for folder in box_.folders([])[0]} == {"INBOX", "Junk", "Spam"}


def test_a_folder_that_vanishes_is_named(box: Any) -> None:
    with opened(account(box), Secret(PASSWORD)) as box_:
        (folder,), _ = box_.folders(["Entwürfe"])
        shutil.rmtree(box.mail / ".Entw&APw-rfe")
        with pytest.raises(RemoteError, match="opening the folder 'Entwürfe'"):
            box_.examine(folder)


def test_what_is_known_by_id_and_size_is_not_listed(box: Any) -> None:
    known, other = (
        b"Message-ID: <k@x.example>\r\n" + mail("kennt man"),
        b"Message-ID: <o@x.example>\r\n" + mail("nicht"),
    )
    for number, raw in enumerate((known, other, mail("ohne Namen"))):
        box.deliver(raw, ".Abgleich", name=str(number))
    with opened(account(box), Secret(PASSWORD)) as box_:
        (folder,), _ = box_.folders(["Abgleich"])
        box_.examine(folder)
        assert len(box_.unknown(set())) == 3
        listed = box_.unknown({("<k@x.example>", len(known)), ("<o@x.example>", 1)})
        assert sorted(raw or b"" for _, raw in box_.fetch(listed)) == sorted([other, mail("ohne Namen")])


def test_the_server_tells_of_news(box: Any) -> None:
    with opened(account(box), Secret(PASSWORD)) as box_:
        (folder,), _ = box_.folders(["INBOX"])
        box_.examine(folder)
        assert box_.tells
        assert not box_.wait(1)
        timer = threading.Timer(0.3, lambda: box.deliver(mail("neu"), name="9"))
        timer.start()
        assert box_.wait(30)
        timer.join()


def test_without_tls_only_this_machine_is_called() -> None:
    with pytest.raises(RefusedError, match="in the open"):
        list(messages(Account("mail.firma.example", 143, "erika", "none-on-loopback"), "x", ["INBOX"], {}))


@pytest.mark.parametrize("bad", ["a\r\nb", "a\0b"])
def test_control_characters_never_reach_the_server(trusted: Any, bad: str) -> None:
    with pytest.raises(RemoteError, match="control character"):
        list(messages(account(trusted), bad, ["INBOX"], {}))
    with opened(account(trusted), Secret(PASSWORD)) as box, pytest.raises(RemoteError, match="control character"):
        box.examine(Folder(bad, frozenset(), "."))


def serve_once(answers: list[bytes], pause: float = 0) -> int:
    """A server on loopback that says its lines, whatever it is told, then falls silent and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    port: int = listener.getsockname()[1]

    def run() -> None:
        with listener, listener.accept()[0] as peer:
            for answer in answers:
                peer.sendall(answer)
                with contextlib.suppress(OSError):
                    peer.recv(1000)
            time.sleep(pause)

    threading.Thread(target=run, daemon=True).start()
    return port


@pytest.mark.parametrize(
    ("answers", "match"),
    [
        ([b"* PREAUTH welcome\r\n"], "does not greet"),
        ([b"* OK hello\r\n", b"a1 NO not here\r\n"], "offers no STARTTLS"),
        ([b"* OK hello\r\n"], "broke off before STARTTLS"),
        ([b"220 smtp.example\r\n"], "does not greet"),
        ([b"x" * 20_000], "broke off before STARTTLS"),
        ([b"* OK hello\r\n", b"a1 OK go on\r\na2 OK injected\r\n"], "No connection"),
    ],
)
def test_a_server_that_cannot_be_secured_is_left(answers: list[bytes], match: str) -> None:
    with pytest.raises(RemoteError, match=match):
        list(messages(Account("127.0.0.1", serve_once(answers), "erika", "starttls"), "x", ["INBOX"], {}))


def test_a_silent_server_is_left_after_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap, "TIME_LIMIT", 1)
    port = serve_once([b"* OK hello\r\n"], pause=5)
    with pytest.raises(RemoteError, match="No connection"):
        list(messages(Account("127.0.0.1", port, "erika", "none-on-loopback"), "x", ["INBOX"], {}))


def test_nobody_listening_is_a_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(RemoteError, match="Connection refused"):
        list(messages(Account("127.0.0.1", port, "erika"), "x", ["INBOX"], {}))


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("INBOX", "INBOX"),
        ("Entwürfe", "Entw&APw-rfe"),
        ("A & B", "A &- B"),
        ("台北", "&U,BTFw-"),
        ("日本語", "&ZeVnLIqe-"),
        ("Grüße/Sent", "Gr&APwA3w-e/Sent"),
        ("a/é", "a/&AOk-"),
        ("😀", "&2D3eAA-"),
    ],
)
def test_folder_names(name: str, wire: str) -> None:
    assert folder_names.decode(wire) == name
