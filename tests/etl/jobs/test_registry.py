from etl.extract import mapped
from etl.extract.recognise import READERS
from etl.jobs.registry import JOBS


def test_every_indicator_is_filled_by_exactly_one_job(catalogue):
    filled = [indicator for job in JOBS for indicator in job.indicators(catalogue)]
    assert sorted(filled) == sorted(catalogue.indicators)


def test_every_shape_that_is_recognised_has_a_job():
    taken = set().union(*(job.shapes for job in JOBS))
    assert {reader.shape for reader in READERS} | {mapped.SHAPE} == taken


def test_a_jobs_name_is_its_subject():
    assert [job.name for job in JOBS] == ["accessibility", "continuity", "vaccination", "funds"]
