"""Processes side by side: whatever one of them does, the others go on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from optimizer.api.errors import InfeasibleError
from optimizer.contract.findings import InputErrors
from optimizer.jobs import Done, End, Job, can_be_watched, run_jobs, workers_for
from tests.jobs import work


def run(*jobs: Job, workers: int = 2) -> dict[str, Done]:
    done = list(run_jobs(jobs, workers=workers))
    assert len(done) == len(jobs)
    return {one.name: one for one in done}


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(file: Path) -> int:
    """The process that wrote its number."""
    ends = time.monotonic() + 20
    while not (file.exists() and file.read_text(encoding="utf-8")):
        assert time.monotonic() < ends
        time.sleep(0.02)
    return int(file.read_text(encoding="utf-8"))


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    done = run(
        Job("hangs", work.hang, (tmp_path / "pid",), seconds=6.0),
        Job("leaves", work.leave),
        Job("exits", work.exit_politely),
        Job("crashes", work.crash),
        Job("no memory", work.out_of_memory),
        Job("complains", work.complain, ("line one\nno room left",)),
        Job("doubles", work.double, (21.0,)),
    )
    assert done["doubles"].end is End.DONE
    assert done["doubles"].result == 42.0
    assert done["hangs"].end is End.TIME_LIMIT
    assert done["hangs"].error == "took more than 6 seconds"
    assert 6.0 <= done["hangs"].seconds < 15
    assert not is_running(wait_for(tmp_path / "pid"))
    assert done["leaves"].end is End.DIED
    assert done["leaves"].error == "its process ended with status 7"
    assert done["exits"].error == "its process ended with status 3"
    assert done["crashes"].end is End.DIED
    assert "SIGSEGV" in done["crashes"].error
    assert isinstance(done["no memory"].raised, MemoryError)
    assert done["complains"].error == "its process ended with status 1: no room left"
    assert [name for name, one in done.items() if not one.failed] == ["doubles"]


@pytest.mark.skipif(not can_be_watched(), reason="this system does not tell what a process has")
def test_more_memory_than_the_limit_ends_a_job_and_less_does_not(tmp_path: Path) -> None:
    done = run(
        Job("grows", work.grow, (tmp_path / "pid",), seconds=60.0, memory=200 * 2**20),
        Job("doubles", work.double, (21.0,), memory=200 * 2**20),
    )
    assert done["grows"].end is End.MEMORY_LIMIT
    assert done["grows"].error == "took more than 200 MB of memory"
    assert not is_running(wait_for(tmp_path / "pid"))
    assert done["doubles"].result == 42.0


def test_exceptions_come_back_as_they_were() -> None:
    done = run(
        Job("input", work.wrong_input),
        Job("rules", work.impossible),
        Job("lock", work.unsendable_error),
        Job("result", work.unsendable_result),
    )
    wrong = done["input"].raised
    assert isinstance(wrong, InputErrors)
    assert wrong.findings == (work.FINDING,)
    assert str(wrong) == "the input has 1 error: Offers!C3: too low"
    rules = done["rules"].raised
    assert isinstance(rules, InfeasibleError)
    assert rules.hints == ("Raise a cap.",)
    assert "in impossible" in done["rules"].trace
    assert done["lock"].raised is None
    assert "UnsendableError: has a lock" in done["lock"].error
    assert done["result"].end is End.RAISED
    assert "pickle" in done["result"].error


def test_what_cannot_be_sent_is_said_and_the_rest_is_done() -> None:
    done = run(Job("local", lambda: 1), Job("doubles", work.double, (1.0,)))
    assert done["local"].end is End.RAISED
    assert "cannot be started" in done["local"].error
    assert done["doubles"].result == 2.0


def test_large_arguments_and_results_pass() -> None:
    size = 5_000_000
    done = run(Job("out", work.large, (size,)), Job("in", work.length_of, (b"y" * size,)))
    assert len(done["out"].result) == size
    assert done["in"].result == size


def test_each_job_has_a_process_and_no_more_run_than_there_are_workers() -> None:
    running, most, begun = 0, 0, []

    def started(job: Job) -> None:
        nonlocal running, most
        begun.append(job.name)
        running += 1
        most = max(most, running)

    jobs = [Job(str(number), work.process_id) for number in range(4)]
    processes = set()
    for done in run_jobs(jobs, workers=2, started=started):
        running -= 1
        processes.add(done.result)
    assert begun == ["0", "1", "2", "3"]
    assert most == 2
    assert len(processes) == 4
    assert os.getpid() not in processes


@pytest.mark.parametrize("obeys", [False, True])
def test_a_stop_ends_what_runs_and_starts_nothing_more(tmp_path: Path, obeys: bool) -> None:
    stop, told = threading.Event(), tmp_path / "pid"
    function = work.obey if obeys else work.hang
    jobs = [Job("runs", function, (told,)), Job("waits", work.double, (1.0,))]
    began = time.monotonic()
    thread = threading.Thread(target=lambda: (wait_for(told), stop.set()))
    thread.start()
    grace = 10.0 if obeys else 0.0
    done = {one.name: one for one in run_jobs(jobs, workers=1, stop=stop, grace=grace)}
    thread.join()
    assert time.monotonic() - began < 9
    assert done["waits"].end is End.STOPPED
    assert done["waits"].error == "not started"
    assert done["runs"].end is (End.DONE if obeys else End.STOPPED)
    assert done["runs"].result == ("best so far" if obeys else None)
    assert not is_running(wait_for(told))


def test_whoever_stops_asking_ends_the_processes(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    jobs = [Job("hangs", work.hang, (told,)), Job("doubles", work.double, (1.0,))]
    asked = run_jobs(jobs, workers=2)
    assert next(asked).name == "doubles"
    process = wait_for(told)
    assert is_running(process)
    asked.close()
    assert not is_running(process)


def test_a_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    root = Path(__file__).parents[2]
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(root)!r})\n"
        "from optimizer.jobs import Job, run_jobs\nfrom tests.jobs import work\n"
        "print([one.result for one in run_jobs([Job('a', work.double, (4,))], workers=1)])\n",
        encoding="utf-8",
    )
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert ran.stdout == "[8]\n"


def test_there_is_a_worker_for_each_core_and_none_without_a_job() -> None:
    assert workers_for(1) == 1
    assert workers_for(0) == 1
    assert 1 <= workers_for(1000) <= (os.cpu_count() or 1)
    assert workers_for(1000, memory=2**60) == 1
    assert workers_for(1000, memory=1) == workers_for(1000)
    with pytest.raises(ValueError, match="0 workers"):
        list(run_jobs([], workers=0))
