"""The scheduler over the small application of the outbox tests."""

from tests.notifications.conftest import app, clock, outbox_url, sink  # noqa: F401
