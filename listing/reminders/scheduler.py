"""The scheduler process: calls each tick at its interval, as long as this process leads.

Decides no work of its own (ticks.py). Its jobs live in memory: what is due stands in the database, so a lost tick
or a restart loses nothing. APScheduler waits for instants of the wall clock and would stop ticking until the clock
catches up after it was set back; a watch notices and arms the jobs again.
"""

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from flask import Flask

from listing.clock import SystemClock
from listing.store.db import db

from . import leader, operations
from .ticks import TICKS, Tick

LOOK = 1.0  # seconds between two looks at the lock and the clock
BEAT = 10.0  # seconds between two signs of life of a tick
LAST_WAIT = 1.4  # seconds that running ticks have to end after SIGTERM or SIGINT

_CLOCK = SystemClock()  # APScheduler reads the machine's clock too, whatever clock the application was given

log = structlog.get_logger()


class Runner:
    """One scheduler process."""

    def __init__(self, app: Flask, ticks: Sequence[Tick] = TICKS):
        self._app, self._ticks = app, ticks
        self._stop = threading.Event()
        self._leads = False
        self._busy: set[str] = set()
        self._beaten: dict[str, float] = {}
        with app.app_context():
            self._lock = leader.of(db.engine)
        # The pool's own complaint, that a tick is still running when the next one is due, says nothing new.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self.scheduler = BlockingScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(len(ticks))},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for tick in ticks:
            self.scheduler.add_job(
                self._tick,
                args=(tick,),
                id=tick.name,
                trigger=IntervalTrigger(seconds=tick.seconds, timezone=UTC),
                next_run_time=_CLOCK.now(),
            )

    def run(self) -> None:
        """Tick until ``stop`` or a signal; returns within 2 seconds of either, and lets another process lead."""
        gc.freeze()  # the application stays as long as the process: no pass needs to walk it for garbage
        self._leads = self._lock.take()
        log.info("scheduler began", leads=self._leads, pid=os.getpid())
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            self.scheduler.start()
        finally:
            self._stop.set()
            self._settle()
            self._lock.free()
            log.info("scheduler ended", unfinished=sorted(self._busy))

    def stop(self, *_signal: object) -> None:
        """Ask the ticks to end and the scheduler to return; fit to be a signal handler."""
        self._stop.set()

    def rearm(self) -> list[str]:
        """Arm again each job whose next run is further away than its interval; return their names."""
        now = _CLOCK.now()
        seconds = {tick.name: tick.seconds for tick in self._ticks}
        far = [job for job in self.scheduler.get_jobs() if _ahead(job, now) > timedelta(seconds=seconds[job.id] + LOOK)]
        for job in far:
            job.modify(
                trigger=IntervalTrigger(seconds=seconds[job.id], start_date=now, timezone=UTC), next_run_time=now
            )
        return [job.id for job in far]

    def _watch(self) -> None:
        while not self._stop.wait(LOOK):
            led, self._leads = self._leads, self._lock.take()
            if led != self._leads:
                log.info("scheduler leads" if self._leads else "scheduler stands by")
            if far := self.rearm():
                log.warning("clock was set back", rearmed=far)
        # A signal handler may interrupt the scheduler while it starts, so that ending it is left to this thread.
        while not self.scheduler.running:
            time.sleep(0.02)
        self.scheduler.shutdown(wait=False)

    def _tick(self, tick: Tick) -> None:
        if not self._leads or self._stop.is_set():
            return
        self._busy.add(tick.name)
        try:
            with self._app.app_context():
                now = self._app.extensions["clock"].now()
                beat = time.monotonic() - self._beaten.get(tick.name, -BEAT) >= BEAT
                operations.run(tick, now=now, stopping=self._stop.is_set, beat=beat)
                if beat:
                    self._beaten[tick.name] = time.monotonic()
        finally:
            self._busy.discard(tick.name)

    def _settle(self) -> None:
        until = time.monotonic() + LAST_WAIT
        while self._busy and time.monotonic() < until:
            time.sleep(0.02)

    @property
    def is_settled(self) -> bool:
        """Whether no tick is under way."""
        return not self._busy


def _ahead(job: Job, now: datetime) -> timedelta:
    return job.next_run_time - now


def run(app: Flask) -> None:
    """Be the scheduler process until SIGTERM or SIGINT."""
    runner = Runner(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, runner.stop)
    runner.run()
    if not runner.is_settled:
        # A tick that does not end would hold the interpreter; its claims end with their lease.
        logging.shutdown()
        os._exit(0)
