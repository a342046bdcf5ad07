"""A sign of life from a PostgreSQL server, asked beside the connection that waits for it."""

import socket
import struct

from psycopg.pq.abc import PGconn

SECONDS = 3.0
# "May we speak TLS?" Every server answers with one byte, before it identifies the client.
QUESTION = struct.pack("!ii", 8, 80877103)


def beats(server: PGconn) -> bool:
    """Return whether the server of this connection answers newcomers."""
    try:
        with _newcomer(server.host.decode(), server.hostaddr.decode(), int(server.port)) as link:
            link.settimeout(SECONDS)
            link.sendall(QUESTION)
            link.recv(1)
    except OSError:
        return False
    return True


def _newcomer(host: str, address: str, port: int) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((address or host, port), SECONDS)
    link = socket.socket(socket.AF_UNIX)
    link.settimeout(SECONDS)
    link.connect(f"{host}/.s.PGSQL.{port}")
    return link
