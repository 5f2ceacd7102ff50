"""Records of the open registry become controllers."""

import pytest

from rightskit.registry import convert, source_records
from rightskit.registry.encode import decode, encode
from rightskit.registry.hosts import ascii_email, ascii_host
from rightskit.registry.model import Controller, IdentifyField
from rightskit.registry.source import read


@pytest.fixture
def one(sample, make):
    def convert_one(**fields):
        text = make.record("klee", **{key.replace("_", "-"): value for key, value in fields.items()})
        records = source_records.sort(read(make.tar(sample | {"companies/klee.json": text})).files)
        return convert.controllers(records)["klee"]

    return convert_one


def test_a_record_with_all_that_the_source_says(one):
    klee = one(
        runs=["Kleeblatt"],
        fax="+49 611 12",
        comments=["Nur mit Brief."],
        required_elements=[
            {"desc": "Name", "type": "name"},
            {"desc": "Kundennummer", "type": "input", "optional": True},
            {"desc": "Lieblingsblume (Gattung)", "type": "textarea"},
        ],
        needs_id_document=False,
        suggested_transport_medium="fax",
    )
    assert klee == Controller(
        id="klee",
        name="Klee GmbH",
        country="DE",
        also=("Kleeblatt",),
        subdivision="HE",
        serves=("DE",),
        categories=("credit-bureau",),
        address=("Am Anger 1", "65201 Wiesbaden", "Deutschland"),
        email="datenschutz@klee.example",
        fax="+49 611 12",
        web="https://www.klee.example",
        domains=("klee.example",),
        languages=("de",),
        identify_by=(
            IdentifyField("name"),
            IdentifyField("customer-number", optional=True),
            IdentifyField("lieblingsblume-gattung", note="Lieblingsblume (Gattung)"),
        ),
        may_ask_id="no",
        channels=("fax", "email", "post"),
        notes=("Nur mit Brief.",),
        sources=("https://www.klee.example/impressum",),
        quality="imported",
        origin="companies/klee.json",
    )


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"quality": "tested"}, "quality", "imported"),
        ({"quality": "scraped"}, "quality", "unverified"),
        ({"relevant_countries": ["all"]}, "serves", ()),
        ({"relevant_countries": ["all"]}, "languages", ("de", "en")),
        ({"relevant_countries": ["fr"]}, "languages", ("fr",)),
        ({"request_language": "en"}, "languages", ("en",)),
        ({"request_language": "no"}, "languages", ("nb",)),
        ({"categories": ["public body"]}, "sector", "public-regional"),
        ({"categories": ["public body"], "web": "https://www.amt.bund.de"}, "sector", "public-federal"),
        ({"categories": ["public body"], "address": "Weg 1\n1010 Wien\nÖsterreich"}, "sector", "private"),
        ({"categories": ["church", "school"]}, "sector", "church"),
        ({"nsfw": True}, "categories", ("credit-bureau", "adult")),
        ({"email": None}, "channels", ("post",)),
        ({"webform": "https://klee.example/f"}, "channels", ("email", "webform", "post")),
        ({"suggested_transport_medium": "letter"}, "channels", ("post", "email")),
        ({"suggested_transport_medium": "fax"}, "channels", ("email", "post")),
        ({"email": "daten\u00adschutz@klee.example"}, "email", "datenschutz@klee.example"),
        ({"email": "post@bücher.example"}, "email", "post@xn--bcher-kva.example"),
        ({"email": "post@bücher.example"}, "domains", ("klee.example", "xn--bcher-kva.example")),
        ({"name": "Klee\u00a0 GmbH\x1b[31m"}, "name", "Klee GmbH[31m"),
        ({"needs_id_document": True}, "may_ask_id", "yes"),
    ],
)
def test_what_follows_from_a_field(one, fields, name, value):
    assert getattr(one(**fields), name) == value


def test_authorities_redirects_and_obsolete_records(sample, make):
    records = source_records.sort(read(make.tar(sample)).files)
    (authority,) = convert.authorities(records).values()
    assert (authority.id, authority.country, authority.covers) == ("dehess", "DE", ())
    assert convert.redirects(records) == {"vierblatt": "klee"}
    assert convert.obsolete(records) == {"halm": "Halm GmbH: it no longer exists"}


def test_hosts_in_punycode():
    assert ascii_host("Straße.Example") == "xn--strae-oqa.example", "ß is a letter of its own since IDNA 2008"
    assert ascii_host("bu\u0308cher.example") == "xn--bcher-kva.example"
    assert ascii_email("Post@klee.example") == "Post@klee.example"


def test_a_record_comes_back_from_the_index_as_it_was(one):
    klee = one(required_elements=[{"desc": "Name", "type": "name", "optional": True}])
    assert decode(Controller, encode(klee)) == klee
