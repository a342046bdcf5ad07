"""Free TCP ports of the loopback interface."""

import errno
import os
import secrets
import socket

from tracker.local.errors import LaunchError

HOST = "127.0.0.1"
DEFAULT = 8000

# Linux lends 32768 and more to outgoing connections, macOS and Windows 49152 and more. Such a
# connection can take a port between the moment that it is chosen and the moment a server binds it.
NEVER_LENT = range(20_000, 32_768)


def free_port() -> int:
    while refusal(port := secrets.choice(NEVER_LENT)) is not None:
        pass
    return port


def refusal(port: int) -> OSError | None:
    """Return the reason that the port cannot be used now; None if it is free."""
    with socket.socket() as probe:
        # Servers do the same: connections of the last run that linger in TIME_WAIT are no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return error
    return None


def free_port_near(port: int) -> int:
    return port if port < 65536 and refusal(port) is None else free_port()


def wanted_port() -> int:
    """Return the port of PORT, checked to be free."""
    given = os.environ.get("PORT", "").strip() or str(DEFAULT)
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        raise LaunchError(f"PORT={given} is not a port. Try: PORT=8010 make run")
    port = int(given)
    if error := refusal(port):
        raise LaunchError(_port_trouble(port, error))
    return port


def _port_trouble(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Try: PORT={_suggestion(port)} make run"
    return f"Port {port} cannot be used ({error.strerror}). Try: PORT=8010 make run"


def _suggestion(port: int) -> int:
    near = range(port + 10, min(port + 200, 65536), 10)
    return next((p for p in near if refusal(p) is None), 8010)
