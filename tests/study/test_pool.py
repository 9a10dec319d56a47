"""Jobs over a pool: in their order, and what fails is told before all the others are done."""

import time
from pathlib import Path

import pytest

from tocsin.study.pool import each


def job(number: int, folder: str) -> int:
    if number == 0:
        raise ValueError("the first")
    time.sleep(0.005)
    (Path(folder) / str(number)).touch()
    return number


def test_results_come_in_the_order_of_the_jobs_for_any_number_of_processes(tmp_path):
    jobs = [(n, str(tmp_path)) for n in range(1, 8)]
    told: list[float] = []
    for processes in (1, 3):
        assert list(each(job, jobs, processes, told.append)) == list(range(1, 8))
    assert told == [(k + 1) / 7 for k in range(7)] * 2


def test_what_fails_is_told_before_the_rest_is_done(tmp_path):
    jobs = [(n, str(tmp_path)) for n in range(2000)]
    with pytest.raises(ValueError, match="the first"):
        list(each(job, jobs, 2))
    assert len(list(tmp_path.iterdir())) < 1000
