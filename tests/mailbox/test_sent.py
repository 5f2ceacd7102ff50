"""Copies of what was sent, in the folder of a real Dovecot."""

from typing import Any

import pytest

from rightskit.accounts import ImapServer, MailAccount
from rightskit.errors import NotFoundError, RemoteError
from rightskit.mailbox import folder_names, sent

PASSWORD = "pässwört € 1"


def letter(number: int) -> tuple[str, bytes]:
    key = f'<RK-{number}."quoted"\\@x.example>' if number == 9 else f"<RK-{number}.access@x.example>"
    return key, f"Message-ID: {key}\r\nSubject: Auskunft\r\n\r\nGrüße {number}\r\n".encode()


@pytest.fixture
def account(dovecot: Any, tmp_path: Any) -> Any:
    def made(**words: Any) -> MailAccount:
        secret = tmp_path / "secret"
        secret.write_text(PASSWORD + "\n", encoding="utf-8")
        server = ImapServer("localhost", dovecot.tls_port, "erika", "tls", str(dovecot.authority))
        return MailAccount("erika@x.example", imap=server, password_command=f"cat {secret}", **words)

    return made


def files(place: Any) -> list[Any]:
    return sorted(path for part in ("new", "cur") for path in (place / part).iterdir())


def test_copies_are_filed_once_and_as_read(dovecot: Any, account: Any) -> None:
    place = dovecot.make_folder("Sent")
    letters = [letter(number) for number in range(3)]
    assert list(sent.append(account(), letters)) == [key for key, _ in letters]
    assert list(sent.append(account(), [*letters, letter(9)])) == [*(key for key, _ in letters), letter(9)[0]]
    found = sorted(path.read_bytes().replace(b"\n", b"\r\n") for path in files(place))  # the server keeps bare ends
    assert found == sorted(raw for _, raw in [*letters, letter(9)])
    assert {path.name.partition(":2,")[2] for path in files(place)} == {"S"}


def test_a_letter_is_found_by_its_message_id(dovecot: Any, account: Any) -> None:
    dovecot.make_folder("Sent")
    list(sent.append(account(), [letter(1), letter(9)]))
    asked = [letter(number)[0] for number in (1, 2, 9)]
    assert sent.held(account(), asked) == {letter(1)[0], letter(9)[0]}
    assert sent.held(account(), []) == set()


def test_a_folder_is_named_in_any_script(dovecot: Any, account: Any) -> None:
    place = dovecot.make_folder("Gesendete Gr&APYA3w-e")
    list(sent.append(account(sent="Gesendete Größe"), [letter(1)]))
    assert len(files(place)) == 1


def test_a_missing_folder_is_said_with_those_that_are_there(dovecot: Any, account: Any) -> None:
    dovecot.make_folder("Entw&APw-rfe")
    with pytest.raises(NotFoundError, match="no folder 'Nirgends'") as caught:
        list(sent.append(account(sent="Nirgends"), [letter(1)]))
    assert "Entwürfe" in caught.value.hint
    assert "INBOX" in caught.value.hint


def test_an_unknown_authority_is_refused(dovecot: Any, account: Any) -> None:
    plain = account()
    server = ImapServer("localhost", dovecot.tls_port, "erika")
    with pytest.raises(RemoteError, match="certificate of localhost was refused"):
        sent.held(MailAccount("a@x.example", imap=server, password_command=plain.password_command), ["<a>"])


@pytest.mark.parametrize("wrong", ["&", "&*-", "a&AP-"])
def test_a_name_that_is_wrongly_spelt_stays(wrong: str) -> None:
    assert folder_names.decode(wrong) == wrong
