"""A real SMTP server on the loopback that keeps what it accepts and misbehaves on request."""

import asyncio
import threading
from collections import Counter
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP

MAIL, RCPT, DATA = "mail", "rcpt", "data"


class Sink:
    """``fault(stage, recipient, number)`` answers an SMTP reply, "hang", "drop" or "drop after"; None is no fault."""

    def __init__(self, fault=None):
        self.fault = fault or (lambda stage, recipient, number: None)
        self.taken: list[EmailMessage] = []
        self.asked = Counter()
        self.silent = False
        self.connections = 0
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._server = None
        self.port = 0

    def __enter__(self):
        self._thread.start()
        self._started.wait(5)
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def keys(self) -> Counter:
        """How often each X-Reminder-Key was taken."""
        return Counter(mail["X-Reminder-Key"] for mail in self.taken)

    def _serve(self):
        asyncio.set_event_loop(self._loop)
        listening = self._loop.create_server(self._conversation, "127.0.0.1", self.port)
        self._server = self._loop.run_until_complete(listening)
        self.port = self._server.sockets[0].getsockname()[1]
        self._started.set()
        self._loop.run_forever()
        self._server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _conversation(self):
        self.connections += 1
        if self.silent:
            return Silent()
        return SMTP(self, enable_SMTPUTF8=False, loop=self._loop, hostname="sink.example", ident="sink")

    async def _misbehave(self, server, fault):
        if fault == "hang":
            await asyncio.sleep(3600)
        if fault == "drop":
            server.transport.abort()
            await asyncio.sleep(0.01)
            return "250 never read"
        return fault

    async def handle_MAIL(self, server, session, envelope, address, _options):
        if fault := self.fault(MAIL, address, self.connections):
            return await self._misbehave(server, fault)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, _options):
        self.asked[address] += 1
        if fault := self.fault(RCPT, address, self.asked[address]):
            return await self._misbehave(server, fault)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        recipient = envelope.rcpt_tos[0]
        fault = self.fault(DATA, recipient, self.asked[recipient])
        if fault and fault != "drop after":
            return await self._misbehave(server, fault)
        mail = message_from_bytes(envelope.content, policy=policy.SMTP)
        mail.envelope_recipients = list(envelope.rcpt_tos)
        self.taken.append(mail)
        return await self._misbehave(server, "drop") if fault else "250 taken"


class Silent(asyncio.Protocol):
    """Accepts the connection and never says a word."""
