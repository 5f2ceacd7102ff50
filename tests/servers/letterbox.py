"""An SMTP server on loopback that does what a test wants: takes letters, refuses them, or hangs up at any moment."""

# ruff: noqa: N802 (aiosmtpd calls its hooks so)

from __future__ import annotations

import asyncio
import base64
import email
import threading
from dataclasses import dataclass, field
from email.policy import default
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable
    from email.message import EmailMessage

USER, PASSWORD, TOKEN = "campaign", "pässwört € 1", "ya29.invented"
STAGES = ("EHLO", "MAIL", "RCPT", "DATA", "content", "dot", "reply")
"""Where the connection may end: before the answer to a command, amid the content, after the final dot with the letter
lost, and after it with the letter taken."""


@dataclass
class Letterbox:
    """What came, and what is to happen.

    Attributes:
        port: on loopback.
        taken: letters that the server answers for, in order.
        drops: the stages at which the next connections end, one after the other.
        answers: stage -> what is answered there instead, one after the other.
        judge: what is answered to a recipient; None: it is taken.
    """

    port: int = 0
    taken: list[tuple[str, str, bytes]] = field(default_factory=list)
    drops: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    judge: Callable[[str], str | None] = lambda _: None
    connections: int = 0
    greetings: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    on_drop: Callable[[], None] | None = None

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=default) for _, _, raw in self.taken]  # type: ignore[misc]

    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    def drop(self, stage: str) -> bool:
        if self.drops and self.drops[0] == stage:
            self.drops.pop(0)
            return True
        return False

    def instead(self, stage: str) -> str | None:
        self.stages.append(stage)
        return self.answers[stage].pop(0) if self.answers.get(stage) else None


class _Server(SMTP):
    def __init__(self, box: Letterbox, **words: Any) -> None:
        super().__init__(_Handler(box), hostname="letterbox.example", authenticator=_authenticate, **words)
        self.box = box

    def connection_made(self, transport: Any) -> None:
        self.box.connections += 1
        super().connection_made(transport)

    async def _step(self, stage: str, arg: str | None, go_on: Any) -> None:
        if self.box.drop(stage):
            self.hang_up()
        elif said := self.box.instead(stage):
            await self.push(said)
        else:
            await go_on(arg)

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.abort()
            self.transport = None

    async def smtp_EHLO(self, hostname: str) -> None:
        self.box.greetings.append(hostname)
        await self._step("EHLO", hostname, super().smtp_EHLO)

    async def smtp_MAIL(self, arg: str) -> None:
        await self._step("MAIL", arg, super().smtp_MAIL)

    async def smtp_RCPT(self, arg: str) -> None:
        await self._step("RCPT", arg, super().smtp_RCPT)

    async def smtp_DATA(self, arg: str) -> None:
        if self.box.drop("content"):
            await self.push("354 go on")
            await self._reader.readuntil()
            self.hang_up()
        else:
            await self._step("DATA", arg, super().smtp_DATA)

    async def auth_XOAUTH2(self, _: Any, words: list[str]) -> AuthResult:
        said = base64.b64decode(words[1]).decode()
        if said == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True, auth_data=said)
        await self.challenge_auth(b'{"status":"401"}')
        return AuthResult(success=False, handled=False)


class _Handler:
    def __init__(self, box: Letterbox) -> None:
        self.box = box

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if said := self.box.judge(address):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: _Server, session: Session, envelope: Envelope) -> str:
        if self.box.drop("dot"):
            server.hang_up()
            return "250 OK"
        if said := self.box.instead("message"):
            return said
        raw = envelope.original_content or b""
        self.box.options.append(list(envelope.mail_options))
        self.box.taken.append((str(envelope.mail_from), envelope.rcpt_tos[0], raw))
        if self.box.drop("reply"):
            server.hang_up()
            if self.box.on_drop:
                self.box.on_drop()
        return "250 2.0.0 queued"


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = getattr(data, "login", b"") == USER.encode() and getattr(data, "password", b"") == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


class Running:
    """A letterbox whose server runs in a thread of its own until the block ends."""

    def __init__(self, context: ssl.SSLContext | None = None, *, starttls: bool = False, **words: Any) -> None:
        self.box = Letterbox()
        self._tls = None if starttls else context
        self._words = {"tls_context": context if starttls else None, "auth_require_tls": starttls, **words}
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda *_: None)  # a connection that a test cuts is no news
        made = self._loop.create_server(
            lambda: _Server(self.box, loop=self._loop, **self._words), "127.0.0.1", 0, ssl=self._tls
        )
        server = self._loop.run_until_complete(made)
        self.box.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.close()

    def __enter__(self) -> Letterbox:
        self._thread.start()
        assert self._ready.wait(60), "the server did not start"
        return self.box

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
