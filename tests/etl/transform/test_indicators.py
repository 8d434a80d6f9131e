from __future__ import annotations

import polars as pl
import pytest

from etl.transform.indicators import agreement_table, indicator_table, shown_indicators
from etl.transform.names import look_up


@pytest.fixture(scope="module")
def find(catalogue):
    table = indicator_table(catalogue)
    return lambda *names: look_up(pl.Series(names, dtype=pl.String), table).to_list()


def test_every_indicator_by_all_its_names(find, catalogue):
    for item in catalogue.indicators.values():
        names = [item.id, item.name, item.short_name, item.name.upper(), f" {item.id.upper()} "]
        if item.kolada_id:
            names += [
                item.kolada_id,
                item.kolada_id.lower(),
                item.kolada_title,
                f"{item.kolada_id} {item.kolada_title}",
            ]
        assert find(*names) == [item.id] * len(names)


@pytest.mark.parametrize("name", ["Medellivslängd kvinnor, år", "N00000", "vardgaranti", ""])
def test_others_are_not_found(find, name):
    assert find(name) == [None]


def test_koladas_own_titles(find, shared_data):
    kpis = pl.read_csv(shared_data / "kolada_kpi_catalogue_health_2026-03.csv", infer_schema=False)
    titles = dict(kpis.select("id", "title").rows())
    assert find(titles["N79179"], titles["N20506"]) == ["vardgaranti-telefon", "aterinskrivning-aldre-kommun"]


def test_agreements_by_id_and_name(catalogue):
    table = agreement_table(catalogue)
    names = pl.Series(["psykisk-halsa-2021", "länsgemensamma medel psykisk hälsa 2021", "annat"])
    assert look_up(names, table).to_list() == ["psykisk-halsa-2021", "psykisk-halsa-2021", None]


def test_hints_name_both(catalogue):
    assert shown_indicators(catalogue)["akut-4-timmar"].endswith("(akut-4-timmar)")
