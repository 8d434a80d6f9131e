"""A small catalogue that is whole, to be broken in one place at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

INDICATOR = """\
id: {id}
name: Något som mäts
short_name: Mätt
subject: {subject}
ways_of_working: [1]
principals: [region]
definition: Hur mycket.
numerator: De som räknas
denominator: Alla
unit: percent
direction: higher
roll_up: ratio_of_sums
period_type: year
perspective: register
lowest_public_level: kommun
source: {{publisher: Någon, title: Något}}
owner: Någon
update_interval_months: 12
decimals: 1
minimum_numerator: 5
minimum_denominator: 20
lowest: 0
highest: 100
caveats: [varning]
"""

FILES = {
    "indicators/matt.yaml": INDICATOR.format(id="matt", subject="vaccination"),
    "indicators/medel.yaml": INDICATOR.format(id="medel", subject="funds"),
    "targets.yaml": """\
- id: matt-90
  indicator: matt
  kind: level
  value: 90
  level: riket
  origin: who
  label: Mål 90
  source: {publisher: Någon, title: Något}
  evidence: confirmed
""",
    "areas.yaml": """\
- {id: "00", name: Riket, level: riket}
- {id: "14", name: Länet, level: län, parent: "00"}
- {id: a-norr, name: Norr, level: delregion, division: a, parent: "14"}
- {id: b-allt, name: Allt, level: delregion, division: b, parent: "14"}
- {id: "1401", name: Ettan, level: kommun, parent: "14"}
- {id: "1402", name: Tvåan, level: kommun, parent: "14"}
""",
    "divisions.yaml": """\
- {id: a, name: Första, one: del, description: Så., source: Någon, default: true}
- {id: b, name: Andra, one: del, description: Så., source: Någon}
""",
    "memberships.csv": """\
division;municipality;area;evidence;source
a;1401;a-norr;confirmed;Någon
a;1402;a-norr;confirmed;Någon
b;1401;b-allt;confirmed;Någon
b;1402;b-allt;confirmed;Någon
""",
    "population.csv": """\
area;year;sex;age;population;source
14;2020;total;total;30;SCB
1401;2020;total;total;10;SCB
1402;2020;total;total;20;SCB
""",
    "roadmap.yaml": """\
title: Planen
vision: [Bra]
ways_of_working:
  - {number: 1, name: Ett}
  - {number: 2, name: Två}
  - {number: 3, name: Tre}
  - {number: 4, name: Fyra}
  - {number: 5, name: Fem}
  - {number: 6, name: Sex}
questions: [Vad?]
in_force: 2023-01-01
follow_ups: [2024]
horizon: 2030
source: {publisher: Någon, title: Något}
principals: {region: Regionen, kommun: Kommunerna}
""",
    "decisions.yaml": """\
- {id: senare, date: 2022-02-24, date_text: februari 2022, what: Beslutar., source: Någon}
- {id: forst, date: 2021-04-23, date_text: april 2021, what: Noterar., source: Någon}
""",
    "agreements.yaml": """\
- id: pengar
  name: Pengar
  year: 2021
  total: 100
  indicator: medel
  decided_by: Någon
  decided_on: 2021-04-23
  note: Allt.
  source: {publisher: Någon, title: Något}
""",
    "caveats.yaml": "- {id: varning, text: Se upp.}\n",
    "README.md": "About the catalogue.\n",
}


@pytest.fixture
def build(tmp_path: Path) -> Callable[[dict[str, str | bytes | None]], Path]:
    """Write the whole catalogue with some files changed (None leaves one out) and give its folder."""

    def make(changed: dict[str, str | bytes | None]) -> Path:
        for name, content in {**FILES, **changed}.items():
            if content is None:
                continue
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return make


@pytest.fixture
def replaced() -> Callable[[str, str, str], dict[str, str | bytes | None]]:
    """A change that replaces a piece of one file, which must stand there."""

    def change(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
        assert old in FILES[name]
        return {name: FILES[name].replace(old, new, 1)}

    return change
