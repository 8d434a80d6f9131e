"""How often the rules cry wolf, and how often they see one.

No published figure was found for exactly these four rules with limits from the chart's own 24 points. What is
relied on instead:

* Champ & Woodall, Exact results for Shewhart control charts with supplementary runs rules, Technometrics 29
  (1987) 393-399, give the mean number of points to the first false alarm with known limits. The same kind of
  Markov chain is built here; it has to give their figures before it is used.
* With known limits the chain gives the exact share of charts with a false alarm for three of these rules; the
  trend's own share, at most 18 * 2 / 7! = 0.7 %, comes on top.
* With limits from the chart itself the share must lie between those of two published sets of rules, the one
  with less (three sigma and eight on one side) and the one with more (all four Western Electric rules), at
  their published 152.73 and 91.75 points to a false alarm.
"""

from __future__ import annotations

from math import factorial

import numpy as np
import polars as pl
import pytest
from scipy.stats import norm

from etl.measures import spc
from etl.measures.spc.gaps import follows
from etl.measures.spc.rules import NONE, RULES, fired
from tests.etl.measures.spc.making import fixed, many, rules

CHARTS, POINTS = 10_000, 24

#: Inside two sigma, to three, and outside, on each side of the mean.
ZONES = {
    way * zone: norm.cdf(high) - norm.cdf(low)
    for zone, (low, high) in {1: (0, 2), 2: (2, 3), 3: (3, np.inf)}.items()
    for way in (1, -1)
}


def chain(run, *, near=True, strict=False):
    """Transitions between the states that haven't signalled; a state is the last two zones and the run.

    `near`: two of three beyond two sigma. `strict`: as here, three points that are all on the same side.
    """
    states, rows = [(0, 0, 0)], {}

    def signals(state, zone):
        before, last, length = state
        side = 1 if zone > 0 else -1
        length = length + 1 if last * side > 0 else 1
        beyond = sum(one * side >= 2 for one in (before, last, zone))
        together = before * side > 0 and last * side > 0 if strict else True
        newest = strict or zone * side >= 2
        hit = abs(zone) == 3 or length >= run or (near and beyond >= 2 and together and newest)
        return hit, (last, zone, length)

    for state in states:
        rows[state] = {}
        for zone, chance in ZONES.items():
            hit, after = signals(state, zone)
            if hit:
                continue
            rows[state][after] = chance
            if after not in states:
                states.append(after)
    return np.array([[rows[state].get(after, 0.0) for after in states] for state in states])


def mean_run(matrix):
    return np.linalg.solve(np.eye(len(matrix)) - matrix, np.ones(len(matrix)))[0]


@pytest.mark.parametrize(
    ("run", "near", "published"),
    [(99, False, 370.40), (99, True, 225.44), (8, False, 152.73), (8, True, 122.05)],
)
def test_the_chain_gives_what_champ_and_woodall_published(run, near, published):
    assert mean_run(chain(run, near=near)) == pytest.approx(published, abs=0.006)


def within(points, mean_run_length):
    """The share with an alarm within so many points, at a constant chance each."""
    return 1 - (1 - 1 / mean_run_length) ** points


def known_limits(values):
    """The rule of each point with the true mean and limits."""
    size = values.size
    stretch = np.repeat(np.arange(len(values)), values.shape[1])
    neighbours = follows(stretch, np.arange(size))
    rule, _ = fired(values.ravel(), np.zeros(size), np.full(size, 3.0), np.zeros(size), neighbours)
    return rule.reshape(values.shape)


def test_with_known_limits_as_many_false_alarms_as_the_chain_says(capsys):
    rule = known_limits(np.random.default_rng(1).normal(size=(20_000, POINTS)))
    no_trend = ((rule != NONE) & (rule != RULES.index("trend"))).any(axis=1).mean()
    exact = 1 - np.linalg.matrix_power(chain(7, strict=True), POINTS)[0].sum()
    trend = (POINTS - 6) * 2 / factorial(7)
    with capsys.disabled():
        print(
            f"\n  known limits: {(rule != NONE).any(axis=1).mean():.1%} of charts, the chain says {exact:.1%}"
        )
    error = 4 * np.sqrt(exact * (1 - exact) / len(rule))
    # a trend hides another rule on its points, so that up to its own share can be lacking
    assert exact - trend - error < no_trend < exact + error
    assert exact - error < (rule != NONE).any(axis=1).mean() < exact + trend + error


def signalled(values, baselines=None, screening=True):
    return spc.chart(many(values), rules(spc={"screening": screening}), baselines=baselines)


def share(chart, condition):
    return chart.group_by("area").agg(condition.any().alias("any"))["any"].mean()


@pytest.mark.parametrize("screening", [True, False])
def test_false_alarms_lie_between_the_published_sets_of_rules(screening, capsys):
    chart = signalled(np.random.default_rng(2).normal(size=(CHARTS, POINTS)), screening=screening)
    found = share(chart, pl.col("signal") != "common")
    less, more = within(POINTS, 152.73), within(POINTS, 91.75)
    with capsys.disabled():
        print(
            f"\n  false alarms, screening {screening}: {found:.1%} of charts; published {less:.1%} to {more:.1%}"
        )
        for rule in RULES:
            print(f"    {rule}: {share(chart, (pl.col('rule') == rule).fill_null(value=False)):.1%}")
    assert less < found < more


@pytest.mark.parametrize(
    ("size", "own", "held"), [(1.5, (0.68, 0.79), (0.93, 0.97)), (2.0, (0.88, 0.94), (0.985, 1.0))]
)
def test_planted_shifts_are_found(size, own, held, capsys):
    values = np.random.default_rng(3).normal(size=(CHARTS // 2, POINTS + 12))
    values[:, POINTS:] += size
    for least_and_most, baselines, name in (
        (own, None, "own limits"),
        (held, fixed(points=POINTS), "baseline"),
    ):
        chart = signalled(values, baselines)
        late = pl.int_range(pl.len()).over("area") >= POINTS
        found = share(chart.filter(late), pl.col("signal") == "improvement")
        with capsys.disabled():
            print(f"\n  shift of {size} sigma in the last 12 of 36, {name}: found in {found:.1%}")
        assert least_and_most[0] < found < least_and_most[1]
