"""Walks through filters over WebSockets, and how long each choice takes."""

from __future__ import annotations

import statistics
import threading
import time
from contextlib import ExitStack
from typing import NamedTuple

from dashboard import links
from tests.benchmarks.client import Session


class Walk(NamedTuple):
    """A page, one of its filters, and how many of its options are walked through at most."""

    page: str
    label: str
    most: int = 12


#: The filters that a meeting uses most.
WALKS = (
    Walk(links.OVERVIEW, "Ämne"),
    Walk(links.OVERVIEW, "Delregion"),
    Walk(links.INDICATOR, "Delregion"),
    Walk(links.INDICATOR, "Indikator"),
    Walk(links.DELREGION, "Delregion"),
    Walk(links.FUNDS, "Indelning"),
)


#: Seconds between one choice and the next. Nobody chooses faster, and a rerun that is asked for while the last one is
#: being cleared away waits for that.
PAUSE = 0.05


class Times(NamedTuple):
    """Seconds that choices took: those that nobody had made since the start, and the same ones again."""

    first: list[float]
    again: list[float]


def quantile(times: list[float], share: float) -> float:
    """The time that `share` of all are within."""
    return sorted(times)[min(len(times) - 1, round(share * len(times)))]


def told(times: list[float]) -> str:
    """Median and 95 % in milliseconds."""
    return f"p50 {1000 * statistics.median(times):.0f} ms, p95 {1000 * quantile(times, 0.95):.0f} ms"


def walk(urls: list[str], way: Walk, choices: list[int]) -> list[Times]:
    """Walk through a filter's options on several servers by turns, so that all meet the same machine.

    Args:
        urls: Their addresses.
        way: What is walked through.
        choices: How many at least on each server, after all options have been chosen once.

    Returns:
        A server's times each.
    """
    found = [Times([], []) for _ in urls]
    with ExitStack() as stack:
        sessions = [stack.enter_context(Session(url, way.page)) for url in urls]
        for session in sessions:
            session.rerun()
            session.rerun()
        options = sessions[0].filters[way.label].options[: way.most]
        # What the page opens with is no change.
        options = [*options[1:], options[0]]
        for number in range(1 + -(-max(choices) // len(options))):
            for option in options:
                for session, times, most in zip(sessions, found, choices, strict=True):
                    if len(times.again) < most:
                        time.sleep(PAUSE)
                        (times.again if number else times.first).append(session.choose(way.label, option))
    return found


def throughput(url: str, sessions: int, seconds: float) -> float:
    """Finished reruns a second, with so many people choosing without a pause.

    Args:
        url: The server's address.
        sessions: How many at once, spread over `WALKS`.
        seconds: How long.
    """
    counted = [0] * sessions
    ready = threading.Barrier(sessions + 1)
    stop = threading.Event()

    def person(number: int) -> None:
        way = WALKS[number % len(WALKS)]
        with Session(url, way.page) as session:
            session.rerun()
            options = session.filters[way.label].options[: way.most]
            for option in options:
                session.choose(way.label, option)
            ready.wait()
            while not stop.is_set():
                session.choose(way.label, options[counted[number] % len(options)])
                counted[number] += 1

    people = [threading.Thread(target=person, args=(number,)) for number in range(sessions)]
    for one in people:
        one.start()
    ready.wait()
    begun, before = time.perf_counter(), sum(counted)
    time.sleep(seconds)
    done, taken = sum(counted) - before, time.perf_counter() - begun
    stop.set()
    for one in people:
        one.join()
    return done / taken
