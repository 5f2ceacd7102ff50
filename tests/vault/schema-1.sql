-- The tables of version 1, as rightskit wrote them. Frozen: a vault of this form must open for ever.

CREATE TABLE consents (
    member VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    scopes JSON NOT NULL,
    withdrawn DATE,
    PRIMARY KEY (member, version),
    FOREIGN KEY(member) REFERENCES members (member)
);

CREATE TABLE disclosures (
    id VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (id, reference),
    FOREIGN KEY(reference) REFERENCES requests (reference)
);

CREATE TABLE events (
    id INTEGER NOT NULL,
    reference VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    happened DATE NOT NULL,
    received DATE,
    noted DATETIME NOT NULL,
    source VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    detail JSON NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(reference) REFERENCES requests (reference)
);

CREATE TABLE filings (
    id INTEGER NOT NULL,
    message VARCHAR NOT NULL,
    reference VARCHAR,
    outbound VARCHAR,
    evidence VARCHAR NOT NULL,
    proven BOOLEAN NOT NULL,
    filed BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(message) REFERENCES messages (id),
    FOREIGN KEY(reference) REFERENCES requests (reference)
);

CREATE TABLE folders (
    path VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    made DATETIME NOT NULL,
    PRIMARY KEY (path)
);

CREATE TABLE forgotten (
    digest BLOB NOT NULL,
    PRIMARY KEY (digest)
);

CREATE TABLE mandates (
    member VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    signed DATE NOT NULL,
    PRIMARY KEY (member, kind),
    FOREIGN KEY(member) REFERENCES members (member)
);

CREATE TABLE members (
    member VARCHAR NOT NULL,
    given_name VARCHAR NOT NULL,
    family_name VARCHAR NOT NULL,
    street VARCHAR NOT NULL,
    postal_code VARCHAR NOT NULL,
    city VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    birthdate DATE,
    phone VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    acts VARCHAR NOT NULL,
    guardian VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    identifiers JSON NOT NULL,
    withdrawn DATE,
    PRIMARY KEY (member)
);

CREATE TABLE messages (
    id VARCHAR NOT NULL,
    message_id VARCHAR NOT NULL,
    date DATETIME,
    read_from VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    primary_kind VARCHAR NOT NULL,
    confidence FLOAT NOT NULL,
    certain BOOLEAN NOT NULL,
    evidence JSON NOT NULL,
    redacted BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE observations (
    id INTEGER NOT NULL,
    member VARCHAR NOT NULL,
    controller VARCHAR NOT NULL,
    variable VARCHAR NOT NULL,
    number FLOAT,
    text VARCHAR,
    unit VARCHAR NOT NULL,
    provenance VARCHAR NOT NULL,
    confidence FLOAT NOT NULL,
    place VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,
    recipe VARCHAR NOT NULL,
    disclosure VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(member) REFERENCES members (member)
);

CREATE TABLE outgoing (
    message_id VARCHAR NOT NULL,
    reference VARCHAR NOT NULL,
    letter VARCHAR NOT NULL,
    recipient VARCHAR NOT NULL,
    raw BLOB NOT NULL,
    state VARCHAR NOT NULL,
    batch VARCHAR NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(reference) REFERENCES requests (reference)
);

CREATE TABLE parts (
    owner VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (owner, number)
);

CREATE TABLE requests (
    reference VARCHAR NOT NULL,
    member VARCHAR NOT NULL,
    controller VARCHAR NOT NULL,
    "right" VARCHAR NOT NULL,
    letter VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    channel VARCHAR NOT NULL,
    way VARCHAR NOT NULL,
    planned DATE NOT NULL,
    modules JSON NOT NULL,
    PRIMARY KEY (reference),
    FOREIGN KEY(member) REFERENCES members (member)
);

CREATE TABLE secrets (
    name VARCHAR NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE tallies (
    name VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (name)
);

CREATE INDEX ix_events_reference ON events (reference);

CREATE INDEX ix_filings_message ON filings (message);

CREATE INDEX ix_filings_reference ON filings (reference);

CREATE INDEX ix_members_email ON members (email);

CREATE INDEX ix_observations_disclosure ON observations (disclosure);

CREATE INDEX ix_observations_member ON observations (member);

CREATE INDEX ix_outgoing_reference ON outgoing (reference);

CREATE INDEX ix_requests_member ON requests (member);

CREATE UNIQUE INDEX one_letter_of_a_kind ON outgoing (reference, letter);

CREATE UNIQUE INDEX one_right_of_one_member ON requests (member, controller, "right");
