"""The roads a mail can take: an SMTP server, a folder of .eml files, the console.

A transport is opened for one pass and sends one envelope at a time. It tells three kinds of failure apart and judges no
message by itself: the road is closed, the conversation broke, or the server refused this one message.
"""

import os
import secrets
import smtplib
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from .render import Envelope
from .rules import CLOSING, is_final

IMPLICIT_TLS_PORT = 465
GIBBERISH = -1  # what smtplib makes of an answer that is no SMTP
GRACE = 0.6  # seconds that a mail under way may still take after a stop was asked for
GLANCE = 0.1  # seconds between two looks of the guard at the time


class Closed(Exception):
    """No mail can be sent now, whichever it is: nobody answers, or the server turns us away."""


class Broken(Exception):
    """The conversation ended inside a message, so nobody knows whether it was taken."""


class Refused(Exception):
    """The server answered about this one message; ``final`` when it will never take it."""

    def __init__(self, reason: str, *, final: bool):
        super().__init__(reason)
        self.final = final


class Transport(Protocol):
    """What the dispatcher needs of a road."""

    def open(self, *, seconds: float, stopping: Callable[[], bool]) -> None:
        """Make ready for at most ``seconds``. Raises Closed."""

    def send(self, envelope: Envelope) -> None:
        """Send one mail. Raises Refused, Broken or Closed."""

    def close(self) -> None:
        """End the conversation; never raises."""


class Smtp:
    """One SMTP connection a pass; a guard cuts it when the pass has used its time, however slowly the server drips."""

    def __init__(self, config: Mapping):
        self._host, self._port = config["SMTP_HOST"], config["SMTP_PORT"]
        self._timeout, self._tls = config["SMTP_TIMEOUT"], config["SMTP_TLS"]
        self._user, self._password = config["SMTP_USER"], config["SMTP_PASSWORD"]
        # Named, because smtplib would otherwise ask the DNS who we are, for as long as that takes.
        self._name = urlsplit(config["PUBLIC_URL"]).hostname or "localhost"
        self._server: smtplib.SMTP | None = None
        self._done = threading.Event()
        self._cut = False

    def open(self, *, seconds: float, stopping: Callable[[], bool]) -> None:
        self._done, self._cut = threading.Event(), False
        timeout = max(0.1, min(self._timeout, seconds))
        if self._port == IMPLICIT_TLS_PORT:
            server = smtplib.SMTP_SSL(local_hostname=self._name, timeout=timeout, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(local_hostname=self._name, timeout=timeout)
        server._host = self._host  # smtplib checks certificates by it, and sets it only where it connects at once
        self._server = server
        deadline = time.monotonic() + seconds
        threading.Thread(target=self._guard, args=(server, self._done, deadline, stopping), daemon=True).start()
        try:
            self._greet(server)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Closed(_told(error)) from error

    def _greet(self, server: smtplib.SMTP) -> None:
        code, words = server.connect(self._host, self._port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        server.ehlo_or_helo_if_needed()
        if self._tls and self._port != IMPLICIT_TLS_PORT:
            server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
        if self._user:
            server.login(self._user, self._password)

    def _guard(self, server: smtplib.SMTP, done: threading.Event, deadline: float, stopping: Callable) -> None:
        while not done.wait(GLANCE):
            if stopping():
                deadline = min(deadline, time.monotonic() + GRACE)
                stopping = bool  # asked once is enough: from here on only the deadline counts
            if time.monotonic() >= deadline:
                self._cut = True
                with suppress(OSError, TypeError):
                    # Below TLS, whose own shutdown is not to be called from another thread.
                    socket.socket.shutdown(server.sock, socket.SHUT_RDWR)

    def send(self, envelope: Envelope) -> None:
        if self._server is None or self._cut:
            raise Closed("the conversation has ended")
        try:
            # An answer about the sender questions our own address or standing, not this recipient: never final.
            self._expect(self._server.mail(envelope.sender), final=False)
            self._expect(self._server.rcpt(envelope.recipient))
            self._expect(self._server.data(envelope.content))
        except smtplib.SMTPDataError as error:
            self._expect((error.smtp_code, error.smtp_error))
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            self.close()
            raise Broken(_told(error)) from error

    def _expect(self, answer: tuple[int, bytes], *, final: bool = True) -> None:
        """Go on after a 2yz answer. Raises Refused, or Broken when the server ends the conversation with it."""
        code, words = answer
        if 200 <= code <= 299:
            return
        said = f"{code} {words.decode('utf-8', 'replace')}"
        if code in (CLOSING, GIBBERISH):
            self.close()
            raise Broken(said)
        try:
            self._server.rset()
        except (OSError, smtplib.SMTPException):
            self.close()  # the answer stands all the same
        raise Refused(said, final=final and is_final(code))

    def close(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        if not self._cut:
            with suppress(OSError, smtplib.SMTPException):
                if server.sock is not None:
                    server.sock.settimeout(1)
                    server.quit()
        self._done.set()
        with suppress(OSError):
            server.close()


class Folder:
    """Each mail as a file of its own, whole or not at all, readable by the owner only: its links may be secrets."""

    def __init__(self, folder: str, now: Callable[[], datetime]):
        self._folder, self._now = Path(folder), now

    def open(self, *, seconds: float, stopping: Callable[[], bool]) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Closed(_told(error)) from error

    def send(self, envelope: Envelope) -> None:
        # The last part differs for every copy, so that a second copy shows.
        name = f"{self._now():%Y%m%dT%H%M%S}-{envelope.message_id[1:13]}-{secrets.token_hex(3)}"
        draft = self._folder / f"{name}.part"
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(envelope.content)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(draft.with_suffix(".eml"))
        except OSError as error:
            raise Closed(_told(error)) from error

    def close(self) -> None:
        pass


class Console:
    """Each mail on standard output, for development."""

    def open(self, *, seconds: float, stopping: Callable[[], bool]) -> None:
        pass

    def send(self, envelope: Envelope) -> None:
        sys.stdout.write(envelope.content.decode("utf-8", "replace") + "\n")
        sys.stdout.flush()

    def close(self) -> None:
        pass


def from_config(config: Mapping, now: Callable[[], datetime]) -> Transport:
    """The road that MAIL_BACKEND names: smtp, file or console; another name raises KeyError."""
    roads = {"smtp": lambda: Smtp(config), "file": lambda: Folder(config["MAIL_FOLDER"], now), "console": Console}
    return roads[config["MAIL_BACKEND"]]()


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
