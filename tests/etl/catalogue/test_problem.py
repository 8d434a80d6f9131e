from __future__ import annotations

from etl.catalogue.problem import CatalogueError, CatalogueProblem


def test_a_problem_reads_as_one_line():
    assert str(CatalogueProblem("a.yaml", "x.id", "fel.")) == "a.yaml, x.id: fel."
    assert str(CatalogueProblem("a.yaml", "", "fel.")) == "a.yaml: fel."


def test_the_error_says_all_of_them():
    problems = [CatalogueProblem("a.yaml", "id", "fel."), CatalogueProblem("b.yaml", "", "också.")]
    error = CatalogueError(problems)
    assert error.problems == problems
    assert str(error) == "Katalogen kan inte användas. 2 fel:\n- a.yaml, id: fel.\n- b.yaml: också."
