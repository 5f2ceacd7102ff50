"""Delivery status notifications (RFC 3464), as the organiser's own mail server writes them."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    import random

    from rightskit.simulation.letterbox import Mail

_TEXTS = {
    True: """\
This is the mail system at host {host}.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{to}>: host mx.{domain}[203.0.113.25] said: 550 5.1.1
    <{to}>: Recipient address rejected: User unknown
    (in reply to RCPT TO command)
""",
    False: """\
This is the mail system at host {host}.

####################################################################
# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #
####################################################################

Your message could not be delivered for more than 4 hour(s).
It will be retried until it is 5 day(s) old.

<{to}>: connect to mx.{domain}[203.0.113.25]:25: Connection timed out
""",
}
_NOTICE = """\
Return-Path: <>
Delivered-To: {own}
X-Simulation: invented
Date: {date}
From: MAILER-DAEMON@{host} (Mail Delivery System)
To: {own}
Subject: {subject}
Auto-Submitted: auto-replied
Message-ID: <{id}@{host}>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
 boundary="{boundary}"

This is a MIME-encapsulated message.

--{boundary}
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

{text}
--{boundary}
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; {host}
Arrival-Date: {sent}

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--{boundary}
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

{headers}

--{boundary}--
"""


def notice(mail: Mail, when: dt.datetime, *, own: str, failed: bool, rng: random.Random) -> bytes:
    """The notice that ``mail`` failed for good (5.1.1) or is only late (4.4.1)."""
    host = "mx." + own.rpartition("@")[2]
    filled = _NOTICE.format(
        own=own,
        host=host,
        to=mail.to,
        date=format_datetime(when),
        sent=format_datetime(mail.sent),
        subject="Undelivered Mail Returned to Sender" if failed else "Delayed Mail (still being retried)",
        id=f"{when:%Y%m%d%H%M%S}.{rng.getrandbits(32):08X}",
        boundary=f"{rng.getrandbits(40):010X}.{int(when.timestamp())}/{host}",
        text=_TEXTS[failed].format(host=host, to=mail.to, domain=mail.domain),
        action="failed" if failed else "delayed",
        status="5.1.1" if failed else "4.4.1",
        diagnostic="550 5.1.1 User unknown" if failed else "connect: Connection timed out",
        headers=mail.headers,
    )
    return filled.replace("\n", "\r\n").encode("ascii", "replace")
