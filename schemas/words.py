"""Swedish words that the pages and the command line share, so that they never say it differently."""

from __future__ import annotations

from schemas.catalogue import Subject
from schemas.results import Outcome

OUTCOME_WORDS: dict[str, str] = {
    Outcome.TARGET_REACHED: "Målet nått",
    Outcome.ON_THE_WAY: "På väg",
    Outcome.NOT_ON_THE_WAY: "Inte på väg",
    Outcome.WRONG_DIRECTION: "Fel håll",
    Outcome.CANNOT_BE_JUDGED: "Kan inte bedömas",
}

#: A batch's status.
STATUS_WORDS: dict[str, str] = {
    "staged": "väntar",
    "published": "publicerad",
    "withdrawn": "återkallad",
    "rejected": "avvisad",
}

#: What has been done to a batch.
EVENT_WORDS: dict[str, str] = {
    "staged": "Levererad",
    "published": "Publicerad",
    "withdrawn": "Återkallad",
    "restored": "Återställd",
    "rejected": "Avvisad",
    "commented": "Kommenterad",
    "scheduled": "Ska publiceras",
    "unscheduled": "Tiden för publicering är borttagen",
}

SUBJECT_WORDS: dict[str, str] = {
    Subject.ACCESSIBILITY: "Tillgänglighet",
    Subject.CONTINUITY: "Kontinuitet",
    Subject.VACCINATION: "Vaccination",
    Subject.FUNDS: "Medel",
}
