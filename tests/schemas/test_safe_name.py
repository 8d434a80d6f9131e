from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.safe_name import LONGEST, LONGEST_BYTES, NAMELESS, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("uttag maj.xlsx", "uttag maj.xlsx"),
        ("Åmål – väntetider.csv", "Åmål – väntetider.csv"),
        ("A\u030aa.csv", "Åa.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\uttag.xlsx", "uttag.xlsx"),
        ("/srv/delat\\uttag.csv", "uttag.csv"),
        ("C:uttag.csv", "C_uttag.csv"),
        ("a\x00b\x1f\r\n.csv", "ab.csv"),
        ("\u202egsk.xslx", "gsk.xslx"),
        ('x<y>:"z|?*.csv', "x_y___z___.csv"),
        ("=cmd|' /C calc'!A0.csv", "C calc'!A0.csv"),
        ("NUL", "_NUL"),
        ("com1.xlsx", "_com1.xlsx"),
        ("console.csv", "console.csv"),
        (".htaccess", "htaccess"),
        ("fil. . .", "fil"),
        ("..", NAMELESS),
        ("", NAMELESS),
        ("a/b/", NAMELESS),
        ("\x00", NAMELESS),
    ],
)
def test_a_name_is_a_files_own_name_and_nothing_else(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("name", "ending"), [("x" * 300 + ".xlsx", ".xlsx"), ("å" * 300, ""), ("a." + "b" * 300, "")]
)
def test_a_long_name_is_cut_before_its_ending(name, ending):
    safe = safe_name(name)
    assert len(safe) <= LONGEST
    assert len(safe.encode()) <= LONGEST_BYTES
    assert safe.endswith(ending)
    assert safe[:2] == name[:2]


@given(st.text(max_size=400))
def test_any_name_can_be_a_file_everywhere(tmp_path_factory, name):
    safe = safe_name(name)
    assert 0 < len(safe) <= LONGEST
    assert len(safe.encode()) <= LONGEST_BYTES
    assert not set(safe) & set('/\\<>:"|?*')
    assert safe.isprintable()
    assert safe == safe.strip(" .")
    assert safe_name(safe) == safe
    (tmp_path_factory.getbasetemp() / safe).touch()
