"""All jobs, in the order that pages and messages name them."""

from __future__ import annotations

from etl.jobs import accessibility, continuity, funds, vaccination
from etl.jobs.job import Job

JOBS: tuple[Job, ...] = (accessibility.JOB, continuity.JOB, vaccination.JOB, funds.JOB)
