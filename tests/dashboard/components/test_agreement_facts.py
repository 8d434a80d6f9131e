from __future__ import annotations

from tests.dashboard.dom import parse


def test_the_sum_per_head_and_who_backed_it(catalogue):
    from dashboard.components import agreement_facts

    agreement = catalogue.agreements["psykisk-halsa-2021"]
    words = parse(agreement_facts.html(agreement, 1_734_443)).words.replace("\u00a0", " ")
    assert "81 314 959 kr" in words
    # 81 314 959 / 1 734 443
    assert "46,88 kr" in words
    assert "SRO, 2021-04-23" in words
