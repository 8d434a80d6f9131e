from __future__ import annotations

import pytest

from etl.catalogue.files import DEEPEST, LARGEST_FILE, read_bytes, read_table, read_yaml


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: [x, y]\n", {"a": 1, "b": ["x", "y"]}),
        ("\ufeffa: å\n", {"a": "å"}),
        ("a: Ordet R&D och 5 * 3 står kvar\n", {"a": "Ordet R&D och 5 * 3 står kvar"}),
        ("", None),
    ],
)
def test_plain_yaml(text, expected):
    assert read_yaml("x.yaml", text.encode()) == (expected, [])


@pytest.mark.parametrize(
    ("content", "field", "said"),
    [
        (b"a: [1", "rad 2", "inte giltig YAML"),
        (b"a: 1\n b: 2\n", "rad 2", "inte giltig YAML"),
        (b"a: 1\na: 2\n", "rad 2", "står två gånger"),
        (b"a: 2022-13-45\n", "", "inte giltig YAML"),
        ("namn: Åmål\n".encode("cp1252"), "", "inte UTF-8"),
        (b"a: \x00\n", "", "inte giltig YAML"),
        (b"a: !!python/object/apply:os.system [true]\n", "rad 1", "något annat än text"),
        (b"a: .nan\n", "a", ".nan"),
        (b"- {a: [1, .inf]}\n", "post 1.a[2]", ".inf"),
    ],
)
def test_broken_yaml_is_a_problem(content, field, said):
    _, problems = read_yaml("x.yaml", content)
    assert [(problem.file, problem.field) for problem in problems] == [("x.yaml", field)]
    assert said in problems[0].message


def bomb() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (bomb(), "hänvisningar"),
        ("[" * 200_000, "för många nivåer"),
        ("- " * 200_000, "för många nivåer"),
        ("{a: " * 100_000, "för många nivåer"),
    ],
)
def test_yaml_meant_to_do_harm_is_a_problem(text, said):
    value, problems = read_yaml("x.yaml", text.encode())
    assert value is None
    assert said in problems[0].message


def test_as_many_levels_as_allowed():
    assert read_yaml("x.yaml", b"[" * DEEPEST + b"]" * DEEPEST)[1] == []
    assert read_yaml("x.yaml", b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))[1] != []


def test_a_huge_file_is_not_read(tmp_path):
    (tmp_path / "stor.yaml").write_bytes(b"a" * (LARGEST_FILE + 1))
    (tmp_path / "lagom.yaml").write_bytes(b"a" * LARGEST_FILE)
    contents, problems = read_bytes(tmp_path)
    assert list(contents) == ["lagom.yaml"]
    assert [problem.file for problem in problems] == ["stor.yaml"]


def test_a_table_keeps_its_leading_zeros_and_asks_for_its_columns():
    frame, problems = read_table("t.csv", "\ufeffb;a\n 007 ;å\n".encode(), ("a", "b"))
    assert problems == []
    assert frame.to_dicts() == [{"a": "å", "b": "007"}]


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        (b"", [""]),
        (b"a;c\n1;2\n", ["b", "c"]),
        (b"a;b\n1;2\n1;2;3\n1;2;3;4\n", ["rad 3", "rad 4"]),
        ("a;b\né;2\n".encode("cp1252"), [""]),
    ],
)
def test_a_broken_table_is_a_problem(content, fields):
    frame, problems = read_table("t.csv", content, ("a", "b"))
    assert frame.is_empty()
    assert frame.columns == ["a", "b"]
    assert [problem.field for problem in problems] == fields
