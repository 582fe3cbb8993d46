"""Names of everything a key of a program may be allowed; a view says which one it asks for.

A key never does more than its owner may: the permission of the view is asked as well.
"""

from enum import StrEnum


class Scope(StrEnum):
    ANNOUNCEMENTS_READ = "announcements:read"
    COMPANIES_READ = "companies:read"
    CHECK_USE = "check:use"
    LOG_READ = "log:read"
    MESSAGES_READ = "messages:read"
    ORGANISATIONS_READ = "organisations:read"
