"""Which events are told and what of them, where they may be sent, how they are signed, when to try again or give up.

Pure: texts, bytes and instants. Signatures follow Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature).
"""

import base64
import hmac
import re
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from listing.notifications.rules import pause
from listing.refusal import N_, Refusal

__all__ = ["pause"]

# Code of the journal: what of its data is told. Codes and numbers only, nothing that names a person.
KINDS: dict[str, tuple[str, ...]] = {
    "announcement.released": ("number", "category", "headline", "zh", "en"),
    "announcement.corrected": ("number", "category", "headline", "zh", "en", "corrects"),
    "company.displayed": ("from",),
    "company.published": ("number", "digest"),
    "company.suspended": ("from", "reason"),
    "company.withdrawn": ("from", "reason"),
    "membership.admitted": ("role",),
    "membership.invited": ("invitation", "role"),
    "membership.invitation_withdrawn": ("invitation",),
    "membership.joined": ("invitation", "role"),
    "membership.role_changed": ("before", "after"),
    "membership.removed": ("role",),
    "organisation.renamed": (),
    "profile.submitted": ("number",),
    "profile.recalled": ("number",),
    "review.return": ("number",),
    "review.publish": ("number",),
}

ANNOUNCED = tuple(code for code in KINDS if code.startswith("announcement."))
JOINT = "companies"  # where the data of an entry names every company that it is about

ACTIVE, STOPPED = "active", "stopped"
OWNER, GONE, FAILING = "owner", "gone", "failing"  # why one is stopped
PENDING, CLAIMED, DELIVERED, FAILED = "pending", "claimed", "delivered", "failed"
STATES = (PENDING, CLAIMED, DELIVERED, FAILED)

MOST = 5  # of one organisation
ADDRESS_MAX = 500
MOST_TRIES = 16  # the pauses add up to about 28 hours
MOST_DEFECT_TRIES = 5
STOP_AFTER = timedelta(days=3)
KEEP = timedelta(days=30)

# Why a try was in vain. What the other side wrote is kept nowhere: it would let an owner read our own network.
STATUS, REDIRECT, TIMEOUT, UNKNOWN_NAME, CLOSED_NETWORK, CERTIFICATE, BROKEN, DEFECT = (
    "status",
    "redirect",
    "timeout",
    "unknown_name",
    "closed_network",
    "certificate",
    "broken",
    "defect",
)

SECRET_PREFIX = "whsec_"
_NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_REST = re.compile(r"[\x21-\x7e]*")

# Addresses that lead to a machine of a cloud or back into IPv4, though the registry calls some of them global.
_CLOSED: tuple[IPv4Network | IPv6Network, ...] = tuple(
    ip_network(net)
    for net in (
        "100.64.0.0/10",
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
    )
)


class BadAddress(Refusal):
    message = N_("Enter an address that begins with https:// and names a host of the public internet.")


def check_address(text: str, allowed: frozenset[str] = frozenset()) -> str:
    """The address as it will be called. Raises BadAddress. ``allowed`` are host:port pairs that may be anything."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadAddress from None
    if len(text) > ADDRESS_MAX or not _REST.fullmatch(text) or parts.fragment or "@" in parts.netloc or "\\" in text:
        raise BadAddress
    if parts.scheme in ("http", "https") and f"{host}:{port}" in allowed:
        return text
    if parts.scheme != "https" or port == 0 or not _NAME.fullmatch(host):
        raise BadAddress
    return text


def is_public(address: str) -> bool:
    """Whether an IP address may be called: one of the public internet, and no way into a closed network.

    Private, loopback, link-local, multicast, metadata and embedded IPv4 addresses are none.
    """
    ip = ip_address(address.partition("%")[0])
    if any(ip in net for net in _CLOSED if net.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def message_id(host: str, webhook_id: int, entry: int) -> str:
    """The same id for every copy of a delivery."""
    return "msg_" + hmac.digest(host.encode(), f"{webhook_id}:{entry}".encode(), "sha256").hex()[:32]


def signature(secret: bytes, key: str, at: datetime, body: str) -> str:
    """The value of webhook-signature for this delivery at this second."""
    signed = hmac.digest(secret, f"{key}.{int(at.timestamp())}.{body}".encode(), "sha256")
    return "v1," + base64.b64encode(signed).decode()


def written(secret: bytes) -> str:
    """A secret as its owner is shown it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def is_delivered(status: int) -> bool:
    """Whether an answer says that the delivery arrived."""
    return 200 <= status <= 299


def is_exhausted(tries: int, reason: str) -> bool:
    """Whether so many tries are enough."""
    return tries >= (MOST_DEFECT_TRIES if reason == DEFECT else MOST_TRIES)


def is_given_up(failing_since: datetime | None, now: datetime) -> bool:
    """Whether nothing has arrived for so long that the address is no longer called."""
    return failing_since is not None and now - failing_since >= STOP_AFTER
