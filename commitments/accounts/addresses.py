"""The address a request comes from, and the network that counts as one place."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

# Prefix length of the IPv6 network that one customer is given.
ONE_CUSTOMER = 64
# An IPv6 address in full; columns have room for it.
LONGEST = 45


def address_of(request: HttpRequest) -> str | None:
    """Return the client's address; None if it is not known."""
    # Only the wiring knows the proxies in front.
    ask: Callable[[HttpRequest], str | None] = import_string(settings.CLIENT_ADDRESS)
    return ask(request)


def parsed(written: str) -> IPv4Address | IPv6Address | None:
    """Read an address as servers and proxies write it, also with brackets, port or zone; None if it is none."""
    bare = written.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def plain(written: str) -> str:
    """Return the address alone; if there is none, the beginning of the text."""
    return str(parsed(written) or written.strip()[:LONGEST])


def network(address: str) -> str:
    """Return the address itself; for IPv6 the network of one customer, with any number of addresses."""
    found = parsed(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, ONE_CUSTOMER), strict=False))
    return plain(address)
