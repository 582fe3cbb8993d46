"""Which faults are tried, in the order of their numbers."""

from . import bodies, disk, forms, journal, machines, mail, uploads
from .finding import Fault

SQLITE, POSTGRESQL = ("sqlite",), ("postgresql",)

FAULTS = (
    Fault("F1", "workers killed in a batch", mail.killed),
    Fault("F2", "several schedulers", mail.several),
    Fault("F3", "a poison message", mail.poison),
    Fault("F4", "a broken mail server", mail.broken_servers),
    Fault("F5", "down over a due time", mail.down_time),
    Fault("F6", "200 clients for 50 seats", forms.seats),
    Fault("F8", "one form many times", forms.copies),
    Fault("F9", "the web server killed under writers", forms.killed_web),
    Fault("F10", "the database server restarted", mail.restarted_database, POSTGRESQL),
    Fault("F11", "a full disk", disk.full, SQLITE),
    Fault("F12", "the clock moved", mail.clocks),
    Fault("F14", "a body of 1 GB", bodies.gigabyte),
    Fault("F15", "hostile uploads", uploads.hostile),
    Fault("F17", "control characters in names", uploads.names),
    Fault("F18", "formula cells in exports", uploads.formulas),
    Fault("F23", "the log changed by SQL", journal.mutants),
    Fault("F24", "300 slow clients", bodies.slow_clients),
    Fault("several", "two web servers and two schedulers, one of each killed", machines.one_of_each_killed, POSTGRESQL),
    Fault("backup", "the demo market restored on an empty machine", machines.restored),
)
