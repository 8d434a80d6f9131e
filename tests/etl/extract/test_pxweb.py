from __future__ import annotations

import json

import pytest

from etl.extract import pxweb
from etl.extract.recognise import recognise
from etl.transform.observations import to_observations
from tests.etl.extract.build import opened
from tests.etl.extract.test_json_tables import CUBE

NAME = "MPR-vaccinerade barn"


def known(text: str) -> bool:
    return text == NAME


def csv(title: str, head: list[str], *rows: str) -> bytes:
    """A table as PxWeb writes it."""
    quoted = ",".join(f'"{name}"' for name in head)
    return "\r\r\n".join([f'"{title}"', "", quoted, *rows, ""]).encode("latin-1")


def table(document: object) -> bytes:
    return json.dumps(document).encode()


TABLE = csv(
    f"{NAME} efter region och år", ["region", "2022", "2023"],
    '"00 Riket",97,".."', '"14 Västra Götalands län",96.5,-', '"0114 Upplands Väsby",1,2', '"1480 Göteborg",95.1,.',
)  # fmt: skip


def test_a_table_about_an_indicator_is_read():
    found, problems = recognise(opened(TABLE), known=known)
    assert found is not None
    assert (found.shape, problems.height, found.problems.height) == ("pxweb", 0, 0)
    assert sorted(found.rows.select("area", "period", "value", "row").rows()) == [
        ("00 Riket", "2022", "97", 4), ("00 Riket", "2023", "..", 4),
        ("0114 Upplands Väsby", "2022", "1", 6), ("0114 Upplands Väsby", "2023", "2", 6),
        ("14 Västra Götalands län", "2022", "96.5", 5), ("14 Västra Götalands län", "2023", "-", 5),
        ("1480 Göteborg", "2022", "95.1", 7), ("1480 Göteborg", "2023", ".", 7),
    ]  # fmt: skip
    assert set(found.rows["indicator"]) == {NAME}
    assert set(found.rows["source"]) == {f"{NAME} efter region och år"}
    assert (found.headings["area"], found.headings["value"]) == ("region", "2022–2023")


def test_symbols_mean_what_official_statistics_mean_by_them(catalogue):
    item = catalogue.indicators["mpr-dos-1"]
    content = TABLE.replace(NAME.encode("latin-1"), item.name.encode("latin-1"))
    found, _ = recognise(opened(content), known=lambda text: text == item.name)
    assert found is not None
    rows, told = to_observations(found, catalogue, origin="uploaded")
    assert sorted(rows.select("area", "period_start", "value", "flag").cast({"period_start": str}).rows()) == [
        ("00", "2022-01-01", 97.0, None), ("00", "2023-01-01", None, "missing"),
        ("14", "2022-01-01", 96.5, None), ("14", "2023-01-01", 0.0, None),
        ("1480", "2022-01-01", 95.1, None), ("1480", "2023-01-01", None, "missing"),
    ]  # fmt: skip
    assert told["code"].to_list() == ["outside_county"]


@pytest.mark.parametrize(
    ("content", "claimed"),
    [
        (TABLE, True),
        (csv("Något annat efter region och år", ["region", "2022"], '"00 Riket",1'), False),
        (csv(NAME, ["region", "2022"], '"00 Riket",1'), True),
        (csv("Tabell", ["region", f"{NAME} 2022", f"{NAME} 2023"], '"00 Riket",1,2'), True),
        (csv("Tabell", ["region", f"{NAME} 2022", "Antal 2022"], '"00 Riket",1,2'), False),
        (csv(NAME, ["region", "kön", "ålder", "2022"], '"00 Riket","män","2 år",1'), True),
        (csv(NAME, ["region", "vaccin", "2022"], '"00 Riket","A",1', '"00 Riket","B",1'), False),
        (
            csv(NAME, ["region", "vaccin", "2022"], '"00 Riket","A",1', '"14 Västra Götalands län","A",1'),
            True,
        ),
        (csv("Tabell", ["region", "vaccin", "2022"], f'"00 Riket","{NAME}",1'), True),
        (csv(NAME, ["kön", "2022"], '"män",1'), False),
        (csv(NAME, ["region", "Antal"], '"00 Riket",1'), False),
        (f"{NAME}\nregion,2022\n00 Riket,1\n".encode(), False),
        (f"{NAME},x\n,\nregion,2022\n00 Riket,1\n".encode(), False),
        (b"region,2022\n00,1\n", False),
    ],
)
def test_a_table_is_ours_only_where_it_names_an_indicator(content, claimed):
    assert pxweb.claims(opened(content), known) == claimed
    assert not pxweb.claims(opened(content))


def cube(**changes: object) -> dict:
    return CUBE | {"label": f"{NAME} efter region och år"} | changes


def test_json_stat_is_read_with_its_statuses():
    found, _ = recognise(opened(table(cube(value=[1, 2, None, None, 5, 6], status={"2": ".."}))), known=known)
    assert found is not None
    assert sorted(found.rows.select("area", "period", "value", "row").rows()) == [
        ("Göteborg", "2021", "..", 7), ("Göteborg", "2022", "5", 8), ("Göteborg", "2023", "6", 9),
        ("Härryda", "2021", "1", 4), ("Härryda", "2022", "2", 5), ("Härryda", "2023", "..", 6),
    ]  # fmt: skip
    assert found.headings["value"] == "Värde"


def test_json_stat_with_contents_that_name_the_indicator():
    document = cube(
        label="Tabell", id=["Region", "ContentsCode", "Tid"], size=[2, 1, 3],
        dimension=CUBE["dimension"] | {
            "ContentsCode": {"label": "tabellinnehåll", "category": {"index": ["x"], "label": {"x": NAME}}}
        },
    )  # fmt: skip
    assert pxweb.claims(opened(table(document)), known)
    document["dimension"]["ContentsCode"]["category"]["label"]["x"] = "Antal"
    assert not pxweb.claims(opened(table(document)), known)


def test_the_real_table_of_scb_is_left_for_an_analyst(shared_data):
    content = (shared_data / "scb_pxweb_raw_latin1_utl_harkomst_2021-07-09.csv").read_bytes()
    assert not pxweb.claims(opened(content), lambda text: True)
    found, problems = recognise(opened(content), known=lambda text: text == "Antal personer")
    assert found is None
    assert problems["code"].to_list() == ["unknown_shape"]
