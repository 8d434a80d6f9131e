from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.compound import DamagedError, one_stream, open_compound
from tests.etl.extract.containers import xls

OLD = xls({"Blad1": [["a", 1]]})


@pytest.mark.parametrize("size", [1, 4096, 4097, 100_000, 5_000_000])
def test_a_stream_is_read_back(size):
    data = bytes(place % 251 for place in range(size))
    file = open_compound(one_stream("Workbook", data))
    assert file.names == ["Workbook"]
    assert file.stream("WORKBOOK").rstrip(b"\0")[:size] == data.rstrip(b"\0")


def test_another_programs_file_is_opened():
    assert open_compound(OLD).names == ["Workbook"]
    assert open_compound(OLD).stream("Workbook")[:2] == b"\x09\x08"


def test_a_stream_that_is_not_there():
    with pytest.raises(DamagedError):
        open_compound(OLD).stream("Book")


def test_a_chain_that_goes_round_in_circles_is_told():
    content = bytearray(one_stream("Workbook", bytes(range(1, 256)) * 100))
    table = len(content) - 4096
    content[table : table + 4] = struct.pack("<I", 0)
    with pytest.raises(DamagedError):
        open_compound(bytes(content)).stream("Workbook")


def test_sectors_listed_twice_are_told():
    content = bytearray(OLD)
    content[80:84] = content[76:80]
    with pytest.raises(DamagedError):
        open_compound(bytes(content))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_is_told_and_nothing_else(data):
    broken = bytearray(OLD)
    for _ in range(data.draw(st.integers(1, 12))):
        broken[data.draw(st.integers(8, 600))] = data.draw(st.integers(0, 255))
    try:
        file = open_compound(bytes(broken))
        for name in file.names:
            file.stream(name)
    except DamagedError:
        pass
