"""accounts.yaml: what may stand there, what is refused, and where its secrets come from."""

import ssl
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from rightskit import accounts, credentials
from rightskit.accounts import ImapServer, Limits, SmtpServer
from rightskit.credentials import Secret
from rightskit.errors import FaultsError, NotFoundError, WrongUsageError


def read(tmp_path: Path, text: str) -> accounts.MailAccount:
    (tmp_path / "accounts.yaml").write_text(text, encoding="utf-8")
    return accounts.account("campaign", tmp_path / "accounts.yaml")


WHOLE = """\
accounts:
  campaign:
    address: campaign@mitmachen.example
    plus: true
    smtp: {host: smtp.mitmachen.example, security: starttls}
    imap: {host: imap.mitmachen.example, user: campaign}
    sent: Gesendet
    keeps_copies: true
    limits: {per_minute: 20, per_day: 400}
    token_command: echo abc
    ca_file: own.pem
"""


def test_an_account_says_where_mail_leaves_and_where_it_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    authority = str(tmp_path / "own.pem")
    assert found.smtp == SmtpServer("smtp.mitmachen.example", 587, "campaign@mitmachen.example", "starttls", authority)
    assert found.imap == ImapServer("imap.mitmachen.example", 993, "campaign", "tls", authority)
    assert (found.sent, found.keeps_copies, found.limits) == ("Gesendet", True, Limits(20, 400))
    assert found.secret() == Secret("abc", is_token=True)


@pytest.mark.parametrize(("security", "port"), [("tls", 465), ("starttls", 587), ("none-on-loopback", 25)])
def test_each_security_has_its_port(tmp_path: Path, security: str, port: int) -> None:
    found = read(
        tmp_path,
        f"accounts: {{campaign: {{address: a@x.example, smtp: {{host: localhost, security: {security}}}}}}}\n",
    )
    assert found.smtp
    assert found.smtp.port == port


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("smtp: {user: campaign}", "host is missing"),
        ("smtp: {host: a.example, security: ssl}", "security is 'ssl'"),
        ("limits: {per_day: 0}", "per_day is 0"),
        ("smpt: {host: a.example}", "did you mean 'smtp'"),
        ("{password_command: cat a, keyring: true}", "password_command and keyring both stand here"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, line: str, message: str) -> None:
    rest = "".join(f"    {part}\n" for part in ([line] if line[0] != "{" else line[1:-1].split(", ")))
    with pytest.raises(FaultsError, match=message):
        read(tmp_path, f"accounts:\n  campaign:\n    address: a@x.example\n{rest}")


def test_a_missing_account_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        accounts.account("campaign", tmp_path / "accounts.yaml")
    assert "rightskit accounts add campaign" in caught.value.hint
    assert accounts.all_accounts(tmp_path / "accounts.yaml") == {}


def test_certificates_and_host_names_are_checked() -> None:
    context = SmtpServer("smtp.mitmachen.example", 465, "campaign").tls()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
    with pytest.raises(WrongUsageError, match="cannot be read"):
        SmtpServer("smtp.mitmachen.example", 465, "campaign", ca_file="/nowhere.pem").tls()


class Memory(keyring.backend.KeyringBackend):
    """A keyring that forgets."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if password == "refused":
            raise keyring.errors.PasswordSetError
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_password_lies_in_the_keyring(tmp_path: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(Memory())
    try:
        found = read(tmp_path, "accounts: {campaign: {address: a@x.example, keyring: true}}\n")
        with pytest.raises(WrongUsageError, match="holds no password for 'campaign'"):
            found.secret()
        credentials.keep_in_keyring("campaign", "geheim €")
        assert found.secret() == Secret("geheim €")
        with pytest.raises(WrongUsageError, match="PasswordSetError"):
            credentials.keep_in_keyring("campaign", "refused")
    finally:
        keyring.set_keyring(before)


def test_a_secret_is_never_shown() -> None:
    assert "geheim" not in repr(Secret("geheim"))


def test_the_answer_of_xoauth2_is_what_its_makers_wrote_down() -> None:
    """The example of Google's documentation of the mechanism."""
    said = credentials.xoauth2("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg")
    assert said == ("user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\x01\x01")
