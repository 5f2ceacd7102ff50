"""XML documents as a whole and in a stream, and what is refused of them."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightskit.files import jsonstream, markup, tables, xmlshape
from rightskit.files.problems import BrokenError, TooLargeError, UnsafeError


def test_xml_becomes_lists_of_children() -> None:
    text = '<?xml version="1.0"?><x:feed xmlns:x="urn:x"><entry unit="Wh"><v>1</v><v>2</v></entry><entry/></x:feed>'
    assert markup.xml_value(text.encode()) == {
        "feed": [{"@x": "urn:x", "entry": [{"@unit": "Wh", "v": ["1", "2"]}, ""]}]
    }


BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><b>&b;</b>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><b>&a;</b>'


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (BOMB, UnsafeError),
        (OUTSIDE, UnsafeError),
        ("<a><b></a>", BrokenError),
        ("<a>" * 100_000, TooLargeError),
    ],
)
def test_hostile_xml_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        markup.xml_value(text.encode())
    with pytest.raises(error):
        list(markup.at(io.BytesIO(text.encode()), "a[].b[]", {}))
    with pytest.raises(error):
        xmlshape.shape(io.BytesIO(text.encode()), str)


NAMES = st.sampled_from(["a", "b", "c", "x:a"])
TREES = st.recursive(
    st.text("xy \n&", max_size=3),
    lambda inner: st.tuples(
        st.dictionaries(st.sampled_from(["u", "v", "x:u"]), st.text("xy", max_size=2), max_size=2),
        st.lists(st.tuples(NAMES, inner), max_size=4),
    ),
    max_leaves=25,
)
STEPS = st.sampled_from(["a", "b", "c", "@u", "*", "[]", "[]", "[]"])
PATHS = st.lists(STEPS, max_size=6).map(lambda steps: ".".join(steps).replace(".[]", "[]") or ".")
LEADS = st.lists(st.sampled_from(["a[]", "b[]"]), min_size=1, max_size=3).map(".".join)


def written(name: str, tree) -> str:
    from xml.sax.saxutils import escape

    if isinstance(tree, str):
        return f"<{name}>{escape(tree)}</{name}>"
    attributes, children = tree
    inside = "".join(written(*child) for child in children)
    told = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{told}>{inside}</{name}>"


def document(tree) -> bytes:
    return f'<?xml version="1.0"?>{written("a", tree)}'.encode()


@settings(deadline=None, max_examples=400)
@given(tree=TREES, path=PATHS | LEADS, wanted=st.lists(PATHS, max_size=3), names=st.booleans())
def test_a_stream_says_what_the_whole_says(tree, path: str, wanted: list[str], *, names: bool) -> None:
    content = document(tree)
    whole = list(tables.at(markup.xml_value(content), path))
    assert sorted(markup.at(io.BytesIO(content), path, None), key=repr) == sorted(whole, key=repr)
    parts = jsonstream.wanted(iter(wanted))
    found = list(markup.at(io.BytesIO(content), path, parts, names=names))
    if "*" not in path:
        assert [place for place, _ in found] == [place for place, _ in whole]
        for (_, pruned), (_, item) in zip(found, whole, strict=True):
            for each in wanted:
                assert list(tables.at(pruned, each)) == list(tables.at(item, each))
            if names and isinstance(item, dict):
                assert pruned.keys() >= item.keys()
    assert bool(xmlshape.shape(io.BytesIO(content), str).at(path)) == bool(whole)


def test_an_endless_tag_and_an_endless_item_are_refused() -> None:
    tag = b'<?xml version="1.0"?><a b="' + b"x" * 17_000_000
    item = b'<?xml version="1.0"?><a>' + (b"<b>" + b"1" * 20_000 + b"</b>") * 4_000
    for content in (tag, item):
        with pytest.raises(TooLargeError):
            markup.xml_value(content)
    assert len(list(markup.at(io.BytesIO(item + b"</a>"), "a[].b[]", None))) == 4_000
