"""When an announcement would be released: by the windows of this installation, its category and its embargo."""

from datetime import datetime

from flask import current_app

from listing.disclosure.announcements import windows
from listing.disclosure.announcements.categories import categories
from listing.disclosure.announcements.models import Announcement


def plan() -> windows.Plan:
    """The publication windows of this installation."""
    return windows.of(current_app.config["ANNOUNCEMENT_WINDOWS"])


def slot(row: Announcement, now: datetime) -> windows.Window:
    """The span in which it is released once nobody else has to read it. Raises calendars.OutsideCalendar."""
    category = categories().get(row.category)
    return windows.slot(plan(), now, at_once=bool(category and category.at_once), not_before=row.not_before)


def stands(row: Announcement) -> bool:
    """Whether the window it waits for is one still: the calendars may have been extended by a closure since."""
    return row.window_closes is None or windows.at_or_after(plan(), row.window_opens).closes == row.window_closes
