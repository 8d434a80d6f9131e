from __future__ import annotations

import pytest

from etl.catalogue import load_catalogue
from etl.examples.recipes import RECIPES, Recipe
from schemas.catalogue import RollUp, Subject
from tests.conftest import ROOT

ALL = [recipe for recipes in RECIPES.values() for recipe in recipes]


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(ROOT / "data" / "catalogue").catalogue


def test_months_run_between_the_ends_of_the_years():
    recipe = Recipe("x", "month", 2019, (60, 72, 48), 1, 1, dip=6)
    periods = {period: level for period, _, level in recipe.periods()}
    assert len(periods) == 24
    assert periods["2020-01"] == pytest.approx(61 - 6 * 0.2)
    assert periods["2020-07"] == pytest.approx(67 - 6)
    assert periods["2020-12"] == 72
    assert periods["2021-12"] == 48


@pytest.mark.parametrize(("step", "first"), [("year", "2019"), ("season", "säsong 2019–2020")])
def test_years_and_seasons(step, first):
    assert next(Recipe("x", step, 2019, (1, 2), 1, 1).periods()) == (first, 2019, 1)
    assert [level for _, _, level in Recipe("x", step, 2019, (1, 2), 1, 1).periods()] == [1, 2]


def test_every_indicator_without_public_figures_has_an_example(catalogue):
    covered = {recipe.indicator for recipe in ALL} | {recipe.companion for recipe in ALL} - {None}
    public = {item.id for item in catalogue.indicators.values() if item.id.startswith("covid19-")}
    money = {item.id for item in catalogue.indicators.values() if item.subject is Subject.FUNDS}
    assert covered == set(catalogue.indicators) - public - money


@pytest.mark.parametrize("recipe", ALL, ids=lambda recipe: recipe.indicator)
def test_a_recipe_fits_its_indicator(catalogue, recipe):
    indicator = catalogue.indicators[recipe.indicator]
    assert indicator.period_type == recipe.step
    assert recipe in RECIPES[indicator.subject]
    assert (recipe.spread < 0) == (indicator.direction == "lower")
    assert (recipe.kind == "index") <= (indicator.roll_up is RollUp.POPULATION_WEIGHTED)
    assert indicator.lowest <= min(recipe.levels)
    assert max(recipe.levels) <= indicator.highest
