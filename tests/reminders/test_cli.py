import json
from datetime import timedelta

import pytest

from listing.notifications import rules
from tests.notifications.notices import NOW, queued, states
from tests.notifications.sink import RCPT


@pytest.fixture
def flask(app):
    """Run a command and return its exit status and output."""

    def run(*words):
        result = app.test_cli_runner().invoke(args=words)
        return result.exit_code, result.output

    return run


def test_run_once_sends_what_is_due(flask, sink):
    queued()
    status, output = flask("reminders", "run-once")
    assert (status, output) == (
        0,
        "admissions: 0\nalerts: 0\nannouncements: 0\nannouncements on paper: 0\ndisclosure: 0\n"
        'dispatch: {"sent": 1, "later": 0, "failed": 0, "lapsed": 0, "closed": null}\n'
        "roadshow companies: 0\nroadshow places: 0\nroadshow reminders: 0\nrule trials: 0\nscores: 0\n"
        'webhooks: {"entries": 0, "delivered": 0, "later": 0, "failed": 0}\ntidy: 0\n',
    )


def test_run_once_says_when_no_mail_can_be_sent(app, flask):
    queued()
    status, output = flask("reminders", "run-once")
    assert (status, "ConnectionRefusedError" in output) == (1, True)


def test_mails_go_to_a_folder_whole_and_for_the_owner_only(app, flask, tmp_path):
    app.config["MAIL_BACKEND"] = "file"
    queued()
    assert flask("reminders", "run-once")[0] == 0
    files = list((tmp_path / "mail").iterdir())
    assert [(file.suffix, file.stat().st_mode & 0o777) for file in files] == [(".eml", 0o600)]
    assert b"X-Reminder-Key: roadshow:7:1:day-before\r\n" in files[0].read_bytes()


def test_a_mail_goes_to_the_console(app, flask):
    app.config["MAIL_BACKEND"] = "console"
    queued()
    assert "X-Reminder-Key: roadshow:7:1:day-before" in flask("reminders", "run-once")[1]


def test_status_as_json(flask, sink, clock):
    sink.fault = lambda stage, recipient, number: "550 no such user" if recipient == "p2@fund.example" else None
    queued(1)
    queued(2)
    flask("reminders", "run-once")
    queued(3)
    clock.advance(timedelta(seconds=60))
    status, output = flask("reminders", "status", "--json")
    assert (status, json.loads(output)) == (
        0,
        {
            "pending": 1,
            "claimed": 0,
            "sent": 1,
            "failed": 1,
            "lapsed": 0,
            "oldest_due_seconds": 60,
            "heartbeat_age_seconds": 60,
            "failures": [{"key": "roadshow:7:2:day-before", "reason": "550 no such user"}],
        },
    )


def test_status_in_words(flask):
    status, output = flask("reminders", "status")
    assert (status, output.splitlines()[0], output.splitlines()[-1]) == (
        0,
        "pending                  0",
        "heartbeat_age_seconds    -",
    )


@pytest.mark.parametrize(("late", "expected"), [(90, 0), (91, 1)])
def test_status_fails_when_a_message_is_late(flask, late, expected):
    queued(due_at=NOW - timedelta(seconds=late))
    assert flask("reminders", "status")[0] == expected


def test_retry_failed(flask, sink):
    sink.fault = lambda stage, recipient, number: "550 no" if stage == RCPT else None
    queued()
    flask("reminders", "run-once")
    assert flask("reminders", "retry-failed") == (0, "1 messages will be tried again\n")
    assert states() == {rules.PENDING: 1}
