"""The address a request comes from, and what counts as one place."""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

# As much of an IPv6 address as a single customer is given.
ONE_CUSTOMER = 64


def address_of(request: HttpRequest) -> str | None:
    """Ask the wiring, which knows the proxies in front; None where nobody can tell."""
    ask: Callable[[HttpRequest], str | None] = import_string(settings.CLIENT_ADDRESS)
    return ask(request)


def network(address: str) -> str:
    """The address itself; of IPv6 the network in which one customer has any number of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:45]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found, ONE_CUSTOMER), strict=False))
