"""The queue as its askers see it: one's own jobs only, nothing in clear."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from baomi.engine.jobs import queue, sealed_files
from baomi.engine.jobs.kind import Kind, Outcome, Work, job
from baomi.engine.jobs.running import (
    DEAD_AFTER_US,
    MOST_ATTEMPTS,
    bury_the_dead,
    run_next,
    take,
)
from baomi.engine.runtime.models import Job
from baomi.engine.tick import tick
from baomi.kernel.clock import clock
from baomi.kernel.verdict import BadInput
from baomi.kernel.words import Post
from baomi.registers.office.models import Account
from tests.factories.deeds import do

pytestmark = pytest.mark.django_db(databases=["default", "runtime"])

CANARY = "关于金丝雀的绝密报告"
ECHO = "echo"


@pytest.fixture(autouse=True)
def echoing(own_jobs, desk):
    """A kind that answers with what was said."""
    does(echo)


def echo(work: Work) -> Outcome:
    work.progress(1, 2)
    held = work.file() if work.asked.get("file") else b""
    told = {"said": work.asked["say"], "by": str(work.asker.id)}
    return Outcome(told=told, file=held[::-1] or None, file_name="echo.bin")


def does(doer, **about) -> None:
    job(Kind(name=ECHO, title="回声", **about))(doer)


def ask(person, say="", **more):
    return queue.ask(ECHO, person, {"say": say, "file": "file" in more}, **more)


def run(worker="w", **how) -> bool:
    return run_next(worker, {ECHO}, **how)


def silence(key) -> None:
    """The worker gave no sign of life for more than a minute."""
    Job.objects.filter(id=key).update(beat_us=clock.wall_us() - DEAD_AFTER_US - 1)


def everything_kept(folder: Path) -> bytes:
    rows = b"".join(
        bytes(row.asked) + bytes(row.told or b"") + f"{row.file_name}{row.fault}".encode()
        for row in Job.objects.all()
    )
    return rows + b"".join(path.read_bytes() for path in folder.iterdir())


def test_it_is_done_and_told(desk):
    key = ask(desk.registrar, "好", file="内容".encode())
    waiting = queue.seen(key, desk.registrar)
    assert (waiting.state, waiting.title, waiting.ahead) == (queue.WAITING, "回声", 0)
    assert run() is True
    done = queue.seen(key, desk.registrar)
    assert (done.state, done.done, done.total) == (queue.DONE, 2, 2)
    assert done.told == {"said": "好", "by": str(desk.registrar)}
    assert queue.result_file(key, desk.registrar) == ("echo.bin", "内容".encode()[::-1])
    assert run() is False


def test_the_oldest_comes_first_and_tells_who_is_ahead(desk):
    first = ask(desk.registrar)
    with clock.standing_at(clock.now_us() + 1):
        second = ask(desk.registrar)
    assert queue.seen(second, desk.registrar).ahead == 1
    run()
    assert queue.seen(first, desk.registrar).state == queue.DONE
    assert [each.id for each in queue.mine(desk.registrar)] == [second, first]


def test_anothers_job_is_like_none(desk):
    key = ask(desk.registrar, CANARY, file=b"x")
    assert queue.seen(key, desk.leader) is None
    assert queue.seen(uuid4(), desk.registrar) is None
    assert queue.stop(key, desk.leader) is False
    assert queue.mine(desk.leader) == ()
    with pytest.raises(BadInput, match="请重新上传"):
        ask(desk.leader, file_of=key)
    run()
    assert queue.result_file(key, desk.leader) is None
    assert queue.seen(key, desk.registrar).state == queue.DONE


def test_a_file_handed_in_serves_a_second_job(desk):
    first = ask(desk.registrar, file=b"abc")
    run()
    second = queue.ask(ECHO, desk.registrar, {"say": "", "file": True}, file_of=first)
    run()
    assert queue.result_file(second, desk.registrar) == ("echo.bin", b"cba")


def test_nothing_is_kept_in_clear(desk, tmp_path):
    ask(desk.registrar, CANARY, file=CANARY.encode())

    def fails(work):
        raise BadInput(CANARY)

    assert CANARY.encode() not in everything_kept(tmp_path / "jobs")
    run()
    does(fails)
    failed = ask(desk.registrar, CANARY)
    run()
    assert queue.seen(failed, desk.registrar).faults == (CANARY,)
    assert CANARY.encode() not in everything_kept(tmp_path / "jobs")
    files = list((tmp_path / "jobs").iterdir())
    assert len(files) == 2
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_too_large_a_file_is_refused(desk, monkeypatch):
    monkeypatch.setattr(sealed_files, "MOST_BYTES", 3)
    with pytest.raises(BadInput, match="超过 64 MB"):
        ask(desk.registrar, file=b"abcd")
    assert not Job.objects.exists()


def test_nobody_floods_the_queue(desk):
    for _ in range(queue.MOST_OPEN):
        ask(desk.registrar)
    with pytest.raises(BadInput, match="没有办完"):
        ask(desk.registrar)
    assert ask(desk.leader)


def test_a_waiting_job_is_stopped_at_once(desk):
    key = ask(desk.registrar)
    assert queue.stop(key, desk.registrar) is True
    assert run() is False
    assert queue.seen(key, desk.registrar).state == queue.ENDED
    assert queue.stop(key, desk.registrar) is False


def test_a_running_job_hears_of_it(desk):
    def long(work):
        queue.stop(work.id, work.asker.id)
        work.progress(1, 9)
        raise AssertionError("it goes on")

    does(long, when_stopped="停下了。")
    key = ask(desk.registrar)
    run()
    seen = queue.seen(key, desk.registrar)
    assert (seen.state, seen.faults) == (queue.ENDED, ("停下了。",))


def test_only_its_posts_may_ask_and_rights_are_those_of_the_day(desk):
    does(echo, posts=frozenset({Post.UNIT_KEEPER}))
    with pytest.raises(BadInput, match="“回声”只供专人办理"):
        ask(desk.registrar)
    key = ask(desk.keeper)
    does(echo, posts=frozenset({Post.AUDITOR}))
    run()
    assert queue.seen(key, desk.keeper).faults == ("“回声”只供安全审计员办理。",)


def test_who_was_suspended_gets_nothing_done(desk):
    key = ask(desk.keeper)
    account = Account.objects.get(person=desk.keeper).id
    do("office.suspend_account", desk.office.security_admin, account, ground="核查")
    run()
    assert queue.seen(key, desk.keeper).faults == ("账号已不可用，不能再办理后台作业。",)
    with pytest.raises(BadInput, match="账号已不可用"):
        ask(desk.keeper)


def test_a_job_is_taken_once(desk):
    key = ask(desk.registrar)
    as_read = Job.objects.get(id=key)
    assert take(as_read, "first") is not None
    assert take(as_read, "second") is None


def test_a_dead_workers_job_is_taken_again(desk):
    key = ask(desk.registrar, "again")
    take(Job.objects.get(id=key), "dead")
    assert run() is False
    silence(key)
    assert run() is True
    assert queue.seen(key, desk.registrar).told["said"] == "again"


def test_what_a_worker_left_in_its_hand_is_taken_up_again(desk):
    key = ask(desk.registrar, "left")
    take(Job.objects.get(id=key), "w")
    assert run() is True
    assert queue.seen(key, desk.registrar).told["said"] == "left"


def test_what_cannot_be_repeated_is_failed_with_a_sentence(desk):
    does(echo, is_repeatable=False)
    key = ask(desk.registrar)
    take(Job.objects.get(id=key), "dead")
    silence(key)
    assert run() is False
    seen = queue.seen(key, desk.registrar)
    assert seen.state == queue.FAILED
    assert "请重新提出" in seen.faults[0]


def test_what_kills_its_worker_is_not_tried_for_ever(desk):
    key = ask(desk.registrar)
    for _ in range(MOST_ATTEMPTS):
        bury_the_dead({ECHO})
        assert take(Job.objects.get(id=key), "dies") is not None
        silence(key)
    assert run() is False
    assert "3 次" in queue.seen(key, desk.registrar).faults[0]


def test_who_was_taken_for_dead_writes_nothing_more(desk):
    def slow(work):
        Job.objects.filter(id=work.id).update(worker="another/2")
        return Outcome(told={"said": "late"}, file=b"late", file_name="late")

    does(slow)
    key = ask(desk.registrar)
    run()
    seen = queue.seen(key, desk.registrar)
    assert (seen.state, seen.told) == (queue.RUNNING, {})
    assert list(sealed_files.folder().iterdir()) == []


def test_a_worker_that_ends_puts_the_job_back(desk):
    key = ask(desk.registrar, "later")
    run(is_ending=lambda: True)
    assert queue.seen(key, desk.registrar).state == queue.WAITING
    run()
    assert queue.seen(key, desk.registrar).told["said"] == "later"


def test_the_unforeseen_is_told_by_a_number(desk):
    def breaks(work):
        raise RuntimeError(CANARY)

    does(breaks)
    key = ask(desk.registrar)
    run()
    seen = queue.seen(key, desk.registrar)
    assert seen.state == queue.FAILED
    assert seen.faults[0].startswith("程序出错，编号 ")
    log = (Path(settings.BAOMI_HOME) / "log" / "errors.log").read_text("utf-8")
    assert seen.faults[0][8:16] in log
    assert "RuntimeError" in log and CANARY not in log


def test_progress_is_written_at_most_five_times_a_second(desk, django_assert_max_num_queries):
    def chatty(work):
        with django_assert_max_num_queries(4, using="runtime"):
            for done in range(1000):
                work.progress(done, 1000)
        return Outcome(told={})

    does(chatty)
    key = ask(desk.registrar)
    run()
    assert queue.seen(key, desk.registrar).state == queue.DONE


def test_after_a_day_nothing_is_left(desk, monkeypatch):
    old = ask(desk.registrar, file=b"old")
    run()
    with clock.standing_at(clock.now_us() + queue.DAY_US - 1):
        young = ask(desk.registrar, file=b"young")
    monkeypatch.setattr(sealed_files, "_YOUNG_US", -1)
    with clock.standing_at(clock.now_us() + queue.DAY_US + 1):
        tick()
        assert queue.seen(old, desk.registrar) is None
        assert queue.seen(young, desk.registrar) is not None
        assert len(list(sealed_files.folder().iterdir())) == 1
        run()
        assert queue.result_file(young, desk.registrar) == ("echo.bin", b"gnuoy")
