"""The vault's tables.

Instants are ISO 8601 texts in UTC, legal dates ISO texts: both sort as they stand.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
)

VERSION = 2

metadata = MetaData()

members = Table(
    "members",
    metadata,
    Column("member", String, primary_key=True),
    Column("given_name", String, nullable=False),
    Column("family_name", String, nullable=False),
    Column("street", String, nullable=False),
    Column("postal_code", String, nullable=False),
    Column("city", String, nullable=False),
    Column("country", String, nullable=False),
    Column("email", String, nullable=False, index=True),
    Column("birthdate", Date),
    Column("phone", String, nullable=False),
    Column("language", String, nullable=False),
    Column("acts", String, nullable=False),
    Column("guardian", String, nullable=False),
    Column("note", String, nullable=False),
    Column("identifiers", JSON, nullable=False),
    Column("reason", String, nullable=False, server_default=""),  # of an objection under Art. 21(1), in their words
    Column("withdrawn", Date),  # from then on nothing leaves for them, and their mandates count no more
)
Index("members_by_address", func.lower(members.c.email))

mandates = Table(
    "mandates",
    metadata,
    Column("id", String, primary_key=True),
    Column("member", ForeignKey("members.member"), nullable=False, index=True),
    Column("kind", String, nullable=False),  # act | receive
    Column("signed", Date, nullable=False),
    Column("until", Date),
    Column("rights", JSON, nullable=False),
    Column("controllers", JSON, nullable=False),
    Column("data", String, nullable=False),
    Column("signed_by", String, nullable=False),  # member | guardian
    Column("document", String, nullable=False),  # SHA-256 of the signed bytes, which lie under mandates.owner()
    Column("paper", String, nullable=False),
    Column("revoked", Date),
)

member_events = Table(
    "member_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("member", ForeignKey("members.member"), nullable=False, index=True),
    Column("kind", String, nullable=False, index=True),
    Column("happened", Date, nullable=False),
    Column("received", Date),
    Column("noted", DateTime, nullable=False),
    Column("source", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("detail", JSON, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("member", ForeignKey("members.member"), primary_key=True),
    Column("version", String, primary_key=True),
    Column("scopes", JSON, nullable=False),
    Column("withdrawn", Date),
    Column("given", Date),  # the day of agreeing; of no day where version 1 of the vault kept none
)

requests = Table(
    "requests",
    metadata,
    Column("reference", String, primary_key=True),
    Column("member", ForeignKey("members.member"), nullable=False, index=True),
    Column("controller", String, nullable=False),
    Column("right", String, nullable=False),
    Column("letter", String, nullable=False),
    Column("language", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("way", String, nullable=False),
    Column("planned", Date, nullable=False),
    Column("modules", JSON, nullable=False),
    Index("one_right_of_one_member", "member", "controller", "right", unique=True),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", ForeignKey("requests.reference"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("happened", Date, nullable=False),
    Column("received", Date),
    Column("noted", DateTime, nullable=False),
    Column("source", String, nullable=False),
    Column("evidence", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("rule", String, nullable=False, server_default=""),  # the command, or the kind of reply, that made it
)

judgements = Table(
    "judgements",
    metadata,
    Column("controller", String, primary_key=True),
    Column("demand", String, primary_key=True),  # the kind of event
    Column("verdict", String, nullable=False),  # the kind of event
    Column("judged", Date, nullable=False),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("message_id", String, primary_key=True),
    Column("reference", ForeignKey("requests.reference"), nullable=False, index=True),
    Column("letter", String, nullable=False),
    Column("recipient", String, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("state", String, nullable=False),  # intended | queued | sending | doubt | refused | sent | withdrawn
    Column("batch", String, nullable=False),
    Column("departed", DateTime),  # when we sent it ourselves
    Column("copied", Boolean),  # whether a copy lies in the account's folder; None where nobody asked for one
    Index("one_letter_of_a_kind", "reference", "letter", unique=True),
    Index("when_letters_departed", "departed", "recipient"),
    # All that is told of letters but their bytes, which would have to be read past.
    Index("letters_by_state", "state", "reference", "letter", "recipient", "message_id"),
)

mailings = Table(
    "mailings",
    metadata,
    Column("message_id", String, primary_key=True),
    Column("name", String, nullable=False),  # of the file, without .eml; it begins with the member's id
    Column("state", String, nullable=False),  # sending | doubt | refused | sent
    Column("departed", DateTime),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String, primary_key=True),
    Column("message_id", String, nullable=False),
    Column("date", DateTime),
    Column("read_from", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("status", String, nullable=False),  # filed | review | ignored
    Column("primary_kind", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("certain", Boolean, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("redacted", Boolean, nullable=False),  # its bytes are no longer those that its id was made from
)

parts = Table(
    "parts",
    metadata,
    Column("owner", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

filings = Table(
    "filings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("messages.id"), nullable=False, index=True),
    Column("reference", ForeignKey("requests.reference"), index=True),
    Column("outbound", String),
    Column("evidence", String, nullable=False),
    Column("proven", Boolean, nullable=False),
    Column("filed", Boolean, nullable=False),
    Column("strength", Float, nullable=False, server_default="1"),  # of the evidence: candidates are ranked by it
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("messages.id"), nullable=False, index=True),
    Column("noted", DateTime, nullable=False),
    Column("together", Integer, nullable=False),  # decisions of one key press: they are undone together
    Column("before", JSON, nullable=False),  # status, primary kind, certain, filings
)

postponed = Table(
    "postponed",
    metadata,
    Column("message", ForeignKey("messages.id"), primary_key=True),
    Column("times", Integer, nullable=False),
)

drawn = Table(
    "drawn",
    metadata,
    Column("message", ForeignKey("messages.id"), primary_key=True),  # its decision belongs to the sample of an audit
)

writers = Table(
    "writers",
    metadata,
    Column("address", String, primary_key=True),
    Column("controller", String, primary_key=True),
    Column("message", String, nullable=False, index=True),  # by which a person taught it
)

tickets = Table(
    "tickets",
    metadata,
    Column("controller", String, primary_key=True),
    Column("ticket", String, primary_key=True),
    Column("reference", ForeignKey("requests.reference"), primary_key=True),
    Column("message", String, nullable=False, index=True),
)

positions = Table(
    "positions",
    metadata,
    Column("account", String, primary_key=True),
    Column("folder", String, primary_key=True),
    Column("validity", Integer, nullable=False),  # UIDVALIDITY (RFC 3501 section 2.3.1.1)
    Column("uid", Integer, nullable=False),  # the last one that is settled
    Column("reconciled", Date, nullable=False),
)

disclosures = Table(
    "disclosures",
    metadata,
    Column("id", String, primary_key=True),
    Column("reference", ForeignKey("requests.reference"), primary_key=True),
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("outcome", String, nullable=False),  # empty until it was read; "removed" has no bytes
    Column("reason", String, nullable=False),
)

observations = Table(
    "observations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("member", ForeignKey("members.member"), nullable=False, index=True),
    Column("controller", String, nullable=False),
    Column("variable", String, nullable=False),
    Column("number", Float),
    Column("text", String),
    Column("unit", String, nullable=False),
    Column("provenance", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("place", String, nullable=False),
    Column("row", Integer, nullable=False),
    Column("recipe", String, nullable=False),
    Column("disclosure", String, nullable=False, index=True),
)

folders = Table(
    "folders",
    metadata,
    Column("path", String, primary_key=True),
    Column("kind", String, nullable=False),  # outbox | print | ask; report and release name a file
    Column("made", DateTime, nullable=False),
)

secrets = Table(
    "secrets",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("digest", LargeBinary, primary_key=True),  # keyed, of a message's id: nobody can look it up without the key
)

tallies = Table(
    "tallies",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", Integer, nullable=False),
)
