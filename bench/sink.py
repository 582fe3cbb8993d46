"""``python -m bench.sink``: a mail server on the loopback that takes everything and keeps nothing; prints its port."""

import asyncio

from aiosmtpd.smtp import SMTP


class Taking:
    """Takes each mail without a look at it."""

    async def handle_DATA(self, server, session, envelope):
        return "250 taken"


async def main() -> None:
    """Serve until the process is ended."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(Taking(), enable_SMTPUTF8=False, hostname="sink.example", ident="sink"), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
