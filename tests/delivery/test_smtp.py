"""A connection to a mail server on loopback: what is spoken, what is refused, and what a break means."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from typing import TYPE_CHECKING, Any

import letterbox
import pytest
from certificates import make_certificates
from letterbox import Letterbox, Running

from rightskit.accounts import SmtpServer
from rightskit.credentials import Secret
from rightskit.delivery import connection, message, smtp
from rightskit.delivery.answers import Verdict
from rightskit.delivery.message import Envelope
from rightskit.delivery.model import Outgoing
from rightskit.delivery.smtp import Line
from rightskit.errors import RefusedError, RemoteError
from rightskit.rendering.model import Letter, LetterOrder, Party

if TYPE_CHECKING:
    from pathlib import Path

SENDER = "campaign@mitmachen.example"
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PASSWORD = Secret(letterbox.PASSWORD)


def item(recipient: str = "desk@nordlicht.example", number: int = 1, **envelope: Any) -> Outgoing:
    order = LetterOrder("access", "de", NOW.date(), Party("Jana Özdemir"), Party("Nordlicht"), f"RK-{number:04}-0000")
    letter = Letter(order, "1", "Auskunft", "Guten Tag,\n.\n..\n.Punkt\n", "")
    message_id = f"<{number}@mitmachen.example>"
    raw = message.build(letter, Envelope("Jana Özdemir via X", SENDER, recipient, **envelope), message_id, NOW)
    return Outgoing(order.reference, "access", message_id, recipient, raw)


def line(box: Letterbox, secret: Secret = PASSWORD, **words: Any) -> Line:
    server = SmtpServer(**{"host": "localhost", "port": box.port, "user": letterbox.USER, **words})
    return Line(server, SENDER, lambda: secret)


def plainly(box: Letterbox, secret: Secret = PASSWORD) -> Line:
    return line(box, secret, security="none-on-loopback")


def test_one_connection_carries_many_letters_as_they_were_written() -> None:
    with Running() as box:
        here = plainly(box)
        sent = [item(number=number) for number in range(5)]
        assert [here.hand_over(one).verdict for one in sent] == [Verdict.SENT] * 5
        here.close()
    assert [raw for _, _, raw in box.taken] == [one.raw for one in sent]
    assert {sender for sender, _, _ in box.taken} == {SENDER}
    assert box.connections == 1


def test_the_name_of_this_machine_is_not_told() -> None:
    with Running() as box:
        here = plainly(box)
        assert here.hand_over(item()).verdict is Verdict.SENT
        here.close()
    assert box.greetings == ["[127.0.0.1]"]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder)
    return folder


@pytest.fixture
def context(certificates: Path) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(certificates / "server.pem", certificates / "server.key")
    return made


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_own_authority_is_trusted_where_it_is_named(
    certificates: Path, context: ssl.SSLContext, security: str
) -> None:
    with Running(context, starttls=security == "starttls") as box:
        here = line(box, security=security, ca_file=str(certificates / "ca.pem"))
        assert here.hand_over(item()).verdict is Verdict.SENT
        here.close()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_unknown_authority_is_refused(context: ssl.SSLContext, security: str) -> None:
    with Running(context, starttls=security == "starttls") as box:
        with pytest.raises(RemoteError, match="certificate of localhost was refused"):
            line(box, security=security).open()
        assert "MAIL" not in box.stages


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_wrong_host_name_is_refused(certificates: Path, context: ssl.SSLContext, security: str) -> None:
    refused = pytest.raises(RemoteError, match=r"certificate of 127\.0\.0\.1 was refused.*match")
    with Running(context, starttls=security == "starttls") as box, refused:
        line(box, host="127.0.0.1", security=security, ca_file=str(certificates / "ca.pem")).open()


def test_a_server_without_starttls_is_not_spoken_to() -> None:
    with Running() as box:
        with pytest.raises(RemoteError, match="offers no STARTTLS"):
            line(box, security="starttls").open()
        assert box.stages == ["EHLO"]


def test_without_tls_only_this_machine_is_called() -> None:
    server = SmtpServer("mail.firma.example", 25, "campaign", "none-on-loopback")
    with pytest.raises(RefusedError, match="in the open"):
        Line(server, SENDER, lambda: PASSWORD).open()


def test_a_refused_login_does_not_show_the_password() -> None:
    with Running() as box, pytest.raises(RemoteError, match="refused the login: 535") as caught:
        plainly(box, Secret("falsch-ö")).open()
    assert "falsch" not in str(caught.value)


def test_a_token_logs_in_by_xoauth2() -> None:
    with Running() as box:
        here = plainly(box, Secret(letterbox.TOKEN, is_token=True))
        assert here.hand_over(item()).verdict is Verdict.SENT
        here.close()
        with pytest.raises(RemoteError, match="refused the login: 535") as caught:
            plainly(box, Secret("expired", is_token=True)).open()
        assert caught.value.hint == "Get a new token."


def test_login_is_used_where_nothing_better_is_offered() -> None:
    with Running(auth_exclude_mechanism=["PLAIN"]) as box:
        here = plainly(box)
        assert here.hand_over(item()).verdict is Verdict.SENT
        here.close()


def test_no_token_is_given_to_a_server_that_does_not_take_one() -> None:
    with (
        Running(auth_exclude_mechanism=["XOAUTH2"]) as box,
        pytest.raises(RemoteError, match="offers no login by XOAUTH2"),
    ):
        plainly(box, Secret(letterbox.TOKEN, is_token=True)).open()


@pytest.mark.parametrize(
    ("stage", "verdict", "taken"),
    [
        ("MAIL", Verdict.BROKEN, 0),
        ("RCPT", Verdict.BROKEN, 0),
        ("DATA", Verdict.BROKEN, 0),
        ("content", Verdict.DOUBT, 0),
        ("dot", Verdict.DOUBT, 0),
        ("reply", Verdict.DOUBT, 1),
    ],
)
def test_a_connection_that_ends_once_the_content_has_begun_leaves_a_doubt(
    stage: str, verdict: Verdict, taken: int
) -> None:
    with Running() as box:
        here = plainly(box)
        here.open()
        box.drops = [stage]
        assert here.hand_over(item()).verdict is verdict
        assert not here.is_open
        assert len(box.taken) == taken
        assert here.hand_over(item(number=2)).verdict is Verdict.SENT
        here.close()


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA", "message"])
@pytest.mark.parametrize(
    ("said", "verdict"), [("451 4.3.0 Try later", Verdict.LATER), ("421 4.3.2 Bye", Verdict.LATER)]
)
def test_what_is_refused_for_now_is_not_begun(stage: str, said: str, verdict: Verdict) -> None:
    with Running() as box:
        here = plainly(box)
        box.answers = {stage: [said]}
        handed = here.hand_over(item())
        assert (handed.verdict, str(handed.answer)) == (verdict, said)
        assert box.taken == []
        assert here.hand_over(item()).verdict is Verdict.SENT
        here.close()
    assert box.connections == (2 if said.startswith("421") else 1)


def test_a_recipient_refused_for_good_does_not_hinder_the_next() -> None:
    with Running() as box:
        box.judge = lambda address: "550 5.1.1 <nobody@nordlicht.example> unknown" if "nobody" in address else None
        here = plainly(box)
        handed = here.hand_over(item("nobody@nordlicht.example"))
        assert (handed.verdict, str(handed.answer)) == (Verdict.REFUSED, "550 5.1.1 <…@…> unknown")
        assert here.hand_over(item()).verdict is Verdict.SENT
        here.close()


def test_a_domain_travels_in_punycode_and_a_local_part_by_smtputf8() -> None:
    with Running(enable_SMTPUTF8=True) as box:
        here = plainly(box)
        assert here.hand_over(item("auskunft@straße.example")).verdict is Verdict.SENT
        assert here.hand_over(item("auskünfte@straße.example")).verdict is Verdict.SENT
        here.close()
    assert [recipient for _, recipient, _ in box.taken] == [
        "auskunft@xn--strae-oqa.example",
        "auskünfte@xn--strae-oqa.example",
    ]
    assert box.options == [[], ["SMTPUTF8", "BODY=8BITMIME"]]
    assert "To: auskünfte@xn--strae-oqa.example".encode() in box.taken[1][2]


def test_an_answer_address_beyond_ascii_needs_smtputf8_too() -> None:
    with Running(enable_SMTPUTF8=False) as box:
        here = plainly(box)
        handed = here.hand_over(item(reply_to="jürgen@heimpost.example"))
        assert handed.verdict is Verdict.UNFIT
        assert "SMTPUTF8" in handed.answer.text
        assert "jürgen" not in str(handed.answer)
        assert here.hand_over(item()).verdict is Verdict.SENT
        here.close()


def test_a_server_that_cannot_be_reached_now_may_be_later() -> None:
    with Running() as box:
        pass
    with pytest.raises(ConnectionError):
        plainly(box).open()


def test_lines_that_start_with_a_dot_arrive_as_they_were() -> None:
    assert smtp.dotted(b".\r\na\r\n..b\r\n") == b"..\r\na\r\n...b\r\n.\r\n"
    assert smtp.dotted(b"a") == b"a\r\n.\r\n"


def test_a_name_that_nobody_has_is_said_in_words() -> None:
    assert connection.why(socket.gaierror(-2, "Name or service not known")) == "there is no server of this name"
    assert connection.why(TimeoutError()) == "the server kept silent"
