"""``accounts``: made in the person's own configuration, and tried at both ends, with what is wrong in words."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import letterbox
import pytest
from letterbox import Letterbox

from rightskit import accounts, paths

if TYPE_CHECKING:
    from pathlib import Path

IMAP_PASSWORD = "pässwört € 1"
assert IMAP_PASSWORD == letterbox.PASSWORD, "one account, one password for both ends"


def settle(tmp_path: Path, *lines: str, password: str = IMAP_PASSWORD) -> None:
    (tmp_path / "secret").write_text(password + "\n", encoding="utf-8")
    paths.config_dir().mkdir(parents=True, exist_ok=True)
    text = ["accounts:", "  campaign:", "    address: campaign@mitmachen.example", *(f"    {line}" for line in lines)]
    text.append(f"    password_command: cat {tmp_path / 'secret'}")
    accounts.accounts_file().write_text("\n".join(text) + "\n", encoding="utf-8")


def smtp(box: Letterbox, **words: Any) -> str:
    ways = {"host": "localhost", "port": box.port, "user": "campaign", "security": "none-on-loopback", **words}
    return f"smtp: {{{', '.join(f'{key}: {value}' for key, value in ways.items())}}}"


def test_a_known_provider_needs_the_address_alone(cli: Any) -> None:
    said = cli(
        "accounts", "add", "campaign", "--address", "kampagne@gmail.com", "--password-command", "pass show it"
    ).output
    assert "app password" in said
    path = accounts.accounts_file()
    assert path.stat().st_mode & 0o777 == 0o600
    made = accounts.account("campaign")
    assert made.smtp == accounts.SmtpServer("smtp.gmail.com", 465, "kampagne@gmail.com")
    assert made.imap == accounts.ImapServer("imap.gmail.com", 993, "kampagne@gmail.com")
    assert (made.plus, made.keeps_copies, made.limits.per_day) == (True, True, 500)
    assert made.password_command == "pass show it"
    assert "smtp.gmail.com:465" in cli("accounts", "list").output


def test_another_account_joins_the_first_and_comments_stay(cli: Any) -> None:
    path = accounts.accounts_file()
    path.parent.mkdir(parents=True)
    path.write_text("# mine\naccounts:\n  first:  # the first\n    address: a@x.example\n", encoding="utf-8")
    cli("accounts", "add", "second", "--address", "b@y.example", "--smtp", "mail.y.example:587", "--imap", "mail.y.example:143",
        "--user", "b", "--token-command", "get-token")  # fmt: skip
    assert path.read_text(encoding="utf-8").startswith("# mine\naccounts:\n  first:  # the first\n")
    made = accounts.account("second")
    assert made.smtp == accounts.SmtpServer("mail.y.example", 587, "b", "starttls")
    assert made.imap == accounts.ImapServer("mail.y.example", 143, "b", "starttls")
    assert made.token_command == "get-token"
    cli("accounts", "add", "second", "--address", "b@y.example", code=5)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--address", "a@unknown.example"], 2),
        (["--address", "a@gmail.com", "--smtp", "host:port"], 2),
        (["--address", "a@gmail.com", "--password-command", "a", "--token-command", "b"], 2),
        (["--address", "a@gmail.com", "--keyring"], 2),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(cli: Any, words: list[str], code: int) -> None:
    cli("accounts", "add", "campaign", *words, code=code)
    assert not accounts.accounts_file().exists()


def test_a_file_in_another_form_is_left_alone(cli: Any) -> None:
    path = accounts.accounts_file()
    path.parent.mkdir(parents=True)
    path.write_text("accounts: {first: {address: a@x.example}}\n", encoding="utf-8")
    assert "Add this by hand" in cli("accounts", "add", "second", "--address", "b@gmail.com", code=5).output
    assert path.read_text(encoding="utf-8") == "accounts: {first: {address: a@x.example}}\n"


def test_both_ends_hold(cli: Any, tmp_path: Path, box: Letterbox, dovecot: Any) -> None:
    dovecot.make_folder("Sent")
    settle(
        tmp_path,
        smtp(box),
        f"imap: {{host: localhost, port: {dovecot.tls_port}, user: erika}}",
        f"ca_file: {dovecot.authority}",
    )
    said = cli("accounts", "check", "campaign").output
    assert "fault" not in said
    assert "ok    smtp: sends as campaign@mitmachen.example" in said
    assert "ok    imap: reads 'INBOX'" in said
    assert "copies of what is sent go into 'Sent'" in said
    assert box.taken == []


def test_everything_that_is_wrong_is_said_in_words(cli: Any, tmp_path: Path, box: Letterbox, dovecot: Any) -> None:
    box.answers = {"MAIL": ["553 5.7.1 <campaign@mitmachen.example>: Sender address rejected: not owned by user"]}
    settle(
        tmp_path,
        smtp(box),
        f"imap: {{host: localhost, port: {dovecot.tls_port}, user: erika}}",
        "folders: [INBOX, Nirgends]",
        f"ca_file: {dovecot.authority}",
    )
    shutil.rmtree(dovecot.mail / ".Sent", ignore_errors=True)
    said = cli("accounts", "check", "campaign", code=6).output
    assert "fault smtp: does not send as campaign@mitmachen.example: 553" in said
    assert "fault imap: there is no folder 'Nirgends'" in said
    assert "fault imap: there is no folder for copies" in said


@pytest.mark.parametrize(
    ("line", "password", "words"),
    [
        ("smtp: {{host: localhost, port: {tls}}}", IMAP_PASSWORD, "The certificate of localhost was refused"),
        (
            "imap: {{host: localhost, port: {tls}, user: erika}}",
            IMAP_PASSWORD,
            "The certificate of localhost was refused",
        ),
        (
            "smtp: {{host: localhost, port: {smtp}, user: campaign, security: none-on-loopback}}",
            "wrong",
            "refused the login",
        ),
        ("smtp: {{host: localhost, port: {smtp}, user: campaign, security: starttls}}", "x", "offers no STARTTLS"),
        ("smtp: {{host: localhost, port: {smtp}, user: campaign}}", "x", "does not speak TLS on port"),
        ("smtp: {{host: localhost, port: 1, user: campaign, security: starttls}}", "x", "port 1: Connection refused"),
        ("smtp: {{host: mail.example, port: 25, security: none-on-loopback}}", "x", "in the open"),
    ],
)
def test_a_connection_that_fails_says_why(  # noqa: PLR0913, PLR0917 (two servers, and what each case needs)
    cli: Any, tmp_path: Path, box: Letterbox, dovecot: Any, line: str, password: str, words: str
) -> None:
    settle(tmp_path, line.format(tls=dovecot.tls_port, smtp=box.port), password=password)
    said = cli("accounts", "check", "campaign", code=6).output
    assert words in said
    assert password not in said or password == "x"


def test_without_a_name_the_campaigns_account_is_tried(planned: Any, tmp_path: Path, box: Letterbox) -> None:
    settle(tmp_path, smtp(box))
    assert "login accepted" in planned("accounts", "check").output
