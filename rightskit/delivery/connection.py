"""Connecting to a mail server: checked certificates, and a login that no password leaves in the open."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from typing import TYPE_CHECKING

from rightskit.credentials import xoauth2
from rightskit.delivery.answers import Answer
from rightskit.errors import RemoteError

if TYPE_CHECKING:
    from rightskit.accounts import SmtpServer
    from rightskit.credentials import Secret

TIME_LIMIT = 60
"""Seconds for connecting and for each answer."""
GREETING = "[127.0.0.1]"
"""How we greet: the name of this machine is nobody's business, and a server that asks for a login does not need it."""
_DONE = 2


def connect(server: SmtpServer) -> smtplib.SMTP:
    """Greet a server, under TLS.

    Raises:
        RemoteError: its certificate does not hold, or it offers no STARTTLS.
        RefusedError: the password would travel in the open.
        ConnectionError: it cannot be reached now, or is busy.
    """
    server.refuse_open_secret()
    context = server.tls()
    try:
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, GREETING, timeout=TIME_LIMIT, context=context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, GREETING, timeout=TIME_LIMIT)
        _greet(smtp, server, context)
    except ssl.SSLCertVerificationError as error:
        reason = error.verify_message or "it does not hold"
        raise RemoteError(
            f"The certificate of {server.host} was refused: {reason.rstrip('.')}.",
            "Check the host name; for a server of your own, name its authority as ca_file.",
        ) from None
    except ssl.SSLError as error:
        if error.reason != "WRONG_VERSION_NUMBER":
            raise ConnectionError(why(error)) from None
        raise RemoteError(
            f"{server.host} does not speak TLS on port {server.port}.", "Write security: starttls, usually port 587."
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionError(why(error)) from None
    return smtp


def _greet(smtp: smtplib.SMTP, server: SmtpServer, context: ssl.SSLContext) -> None:
    """EHLO, and STARTTLS where it is wanted; a server that lacks it is not spoken to."""
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo()
    except smtplib.SMTPNotSupportedError:
        smtp.close()
        raise RemoteError(f"{server.host} offers no STARTTLS on port {server.port}.", "Use tls, port 465.") from None
    except BaseException:
        smtp.close()
        raise


def log_in(smtp: smtplib.SMTP, server: SmtpServer, secret: Secret) -> None:
    """AUTH by XOAUTH2, PLAIN or LOGIN (RFC 4954); nothing where there is no secret.

    smtplib's own login takes ASCII alone and knows no XOAUTH2.

    Raises:
        RemoteError: the server refuses it, or offers none of these.
        ConnectionError: it broke off, or has no time for it.
    """
    if not secret.text:
        return
    offered = smtp.esmtp_features.get("auth", "").upper().split()
    wanted = ("XOAUTH2",) if secret.is_token else ("PLAIN", "LOGIN")
    way = next((one for one in wanted if one in offered), "")
    if not way:
        raise RemoteError(
            f"{server.host} offers no login by {' or '.join(wanted)}.",
            "With token_command a server must offer XOAUTH2; otherwise check port and security.",
        )
    try:
        answer = Answer.of(*_say(smtp, way, server.user, secret.text))
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionError(why(error)) from None
    if answer.code // 100 == 4:  # noqa: PLR2004 (transient)
        raise ConnectionError(str(answer))
    if answer.code // 100 != _DONE:
        hint = (
            "Get a new token." if secret.is_token else "Check user and password; many providers want an app password."
        )
        raise RemoteError(f"{server.host} refused the login: {answer}", hint)


def _say(smtp: smtplib.SMTP, way: str, user: str, secret: str) -> tuple[int, bytes]:
    if way == "LOGIN":
        code, text = smtp.docmd("AUTH", "LOGIN " + _coded(user))
        return smtp.docmd(_coded(secret)) if code == 334 else (code, text)  # noqa: PLR2004 (RFC 4954: go on)
    words = xoauth2(user, secret) if way == "XOAUTH2" else f"\0{user}\0{secret}"
    code, text = smtp.docmd("AUTH", f"{way} {_coded(words)}")
    # XOAUTH2: the reason stands in a challenge, which must be answered with nothing before the refusal comes.
    return smtp.docmd("") if code == 334 else (code, text)  # noqa: PLR2004 (likewise)


def _coded(words: str) -> str:
    return base64.b64encode(words.encode()).decode("ascii")


def why(error: Exception) -> str:
    """What broke, in words, without what was said."""
    if isinstance(error, TimeoutError):
        return "the server kept silent"
    if isinstance(error, socket.gaierror):
        return "there is no server of this name"
    if isinstance(error, ssl.SSLError):
        return "the server broke off while TLS began"
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return str(Answer.of(error.smtp_code, text))
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "the server broke off"
