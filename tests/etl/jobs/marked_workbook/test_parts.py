from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.jobs.marked_workbook.parts import (
    MAX_ELEMENTS,
    UnexpectedPackageError,
    appended,
    ascii_text,
    column_index,
    escaped,
    escaped_texts,
    letters,
    quoted,
    spliced,
    tree,
    well_formed,
    with_attributes,
)

XML = "<r xmlns='u' xmlns:o='other'>åä<a n=\"1>2\"/><o:b o:m='3'>text</o:b><a >x</a ></r>".encode()


def test_elements_are_where_their_bytes_are():
    root = tree(XML, "r", "u")
    first, other, second = root.children
    assert [XML[item.start : item.end] for item in root.children] == [
        b'<a n="1>2"/>', b"<o:b o:m='3'>text</o:b>", b"<a >x</a >",
    ]  # fmt: skip
    assert (first.name, first.empty, first.attributes) == ("a", True, {"n": "1>2"})
    assert (other.name, other.prefix, other.attributes) == ("other b", b"o:", {"other m": "3"})
    assert XML[second.inner : second.close] == b"x"
    assert root.end == len(XML)
    assert root.named("a") == [first, second]
    assert root.child("b") is None


@pytest.mark.parametrize(
    "data",
    [
        b"", b"x", b"<r xmlns='u'>", b"<r xmlns='v'/>", b"<s xmlns='u'/>", b"<r xmlns='u'/><r/>",
        b"<!DOCTYPE r [<!ENTITY e 'x'>]><r xmlns='u'>&e;</r>", "<r xmlns='u'/>".encode("utf-16"),
    ],
)  # fmt: skip
def test_a_part_that_is_not_what_it_should_be_is_refused(data):
    with pytest.raises(UnexpectedPackageError):
        tree(data, "r", "u")


def test_a_part_with_too_many_elements_is_refused():
    with pytest.raises(UnexpectedPackageError):
        tree(b"<r xmlns='u'>" + b"<a/>" * MAX_ELEMENTS + b"</r>", "r", "u")


def test_a_needed_element_that_is_not_there():
    with pytest.raises(UnexpectedPackageError):
        tree(XML, "r", "u").needed("c")


def test_changes_are_made_in_their_places():
    assert spliced(b"abcdef", [(4, 5, b"E"), (0, 0, b"-"), (1, 3, b""), (6, 6, b"!")]) == b"-adEf!"
    with pytest.raises(UnexpectedPackageError):
        spliced(b"abcdef", [(0, 3, b""), (2, 4, b"")])


@pytest.mark.parametrize(
    ("xml", "after"),
    [
        (b"<r xmlns='u'><a>1</a></r>", b"<r xmlns='u'><a>1+</a></r>"),
        (b"<r xmlns='u'><a n='1'/></r>", b"<r xmlns='u'><a n='1'>+</a></r>"),
        (b"<p:r xmlns:p='u'><p:a /></p:r>", b"<p:r xmlns:p='u'><p:a>+</p:a></p:r>"),
    ],
)
def test_something_is_put_last_in_an_element(xml, after):
    assert spliced(xml, [appended(tree(xml, "r", "u").needed("a"), xml, b"+")]) == after


@pytest.mark.parametrize(
    ("tag", "after"),
    [
        (b'<xf fillId="0" numFmtId="2"/>', b'<xf fillId="7" numFmtId="2"/>'),
        (b"<xf fillId = '0' >", b'<xf fillId="7" >'),
        (b"<xf/>", b'<xf fillId="7"/>'),
        (b"<xf a='>'>", b"<xf a='>' fillId=\"7\">"),
        (b'<xf x:fillId="1"/>', b'<xf x:fillId="1" fillId="7"/>'),
    ],
)
def test_attributes_are_set(tag, after):
    assert with_attributes(tag, {"fillId": 7}) == after


@pytest.mark.parametrize(
    ("column", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_letters(column, said):
    assert letters(column) == said
    assert column_index(said) == column_index(said.encode()) == column


@given(st.text(max_size=60))
def test_any_text_can_stand_in_xml(text):
    said = escaped(text)
    well_formed(b"<a>%b</a>" % ascii_text(said))
    well_formed(b'<a b="%b"/>' % quoted(text))
    well_formed(f"<a>{said}</a>".encode())
    frame = pl.DataFrame({"a": [text]}, schema={"a": pl.String})
    assert frame.select(escaped_texts(pl.col("a"))).item() == said


def test_what_excel_would_take_for_an_escaped_sign_is_escaped():
    assert escaped("_x0041_ x0041 _x00_") == "_x005F_x0041_ x0041 _x00_"
