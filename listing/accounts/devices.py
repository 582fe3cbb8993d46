"""How a browser and its network are named to the person who owns the account, and the secrets that browsers carry.

Pure. A label tells a phone from a laptop; it is no fingerprint and nothing is decided by it.
"""

import secrets
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def label(user_agent: str) -> str:
    """Browser and system in two words, such as ``Chrome · Windows``; empty when neither is known."""
    found = [next((name for mark, name in table if mark in user_agent), "") for table in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in found if name)


def network(address: str | None) -> str:
    """The network an address belongs to: /24 for IPv4, /48 for IPv6, which is what one customer of a provider has."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def new_token() -> str:
    """A secret of 256 bits that fits into an address and a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is stored of a secret, or of a name nobody should read in a table: SHA-256, hexadecimal.

    Enough for long random secrets, which nobody can guess; never for passwords.
    """
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
