"""The address a request comes from, and the network that counts as one place."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

# Prefix length of the IPv6 network that one customer is given.
ONE_CUSTOMER = 64


def address_of(request: HttpRequest) -> str | None:
    """Return the client's address; None if it is not known."""
    # Only the wiring knows the proxies in front.
    ask: Callable[[HttpRequest], str | None] = import_string(settings.CLIENT_ADDRESS)
    return ask(request)


def network(address: str) -> str:
    """Return the address itself; for IPv6 the network of one customer, with any number of addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:45]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, ONE_CUSTOMER), strict=False))
