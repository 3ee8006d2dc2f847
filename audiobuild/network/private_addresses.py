"""Machines that are not on the open internet: no address that somebody else chose may lead to them (layer 0).

A name is looked up before it is asked, and the machine that answers is looked at again: what a name leads to can
change between the two.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING

from audiobuild.errors import NetworkError

if TYPE_CHECKING:
    import httpx

_PORTS = {"http": 80, "https": 443}
_HINT = "Give --allow-private if that is what you want."


def send_to_public(client: httpx.Client, request: httpx.Request, where: str) -> httpx.Response:
    """Send a request, unless it leads to a private network.

    Args:
        where: for an error's message.

    Raises:
        NetworkError: it does.
    """
    address = request.url
    by_proxy = _is_by_proxy(address)
    _refuse_private_name(address.host, address.port or _PORTS[address.scheme], where, by_proxy=by_proxy)
    response = client.send(request, stream=True)
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None and not by_proxy else None
    if peer and is_private(str(peer[0])):
        response.close()
        raise _refused(where)
    return response


def _is_by_proxy(address: httpx.URL) -> bool:
    """Whether the environment has a proxy for an address."""
    from urllib.request import getproxies, proxy_bypass  # 20 ms

    proxies = getproxies()
    return bool(proxies.get(address.scheme) or proxies.get("all")) and not proxy_bypass(address.host)


def _refuse_private_name(host: str, port: int, where: str, *, by_proxy: bool = False) -> None:
    """Look a host up, and refuse it where any of its addresses is private.

    Args:
        host: a name, or an address.
        port: what is asked there.
        where: for an error's message.
        by_proxy: whether a proxy looks names up: then only those that are plain are refused.
    """
    plain = host.strip("[]").rstrip(".").lower()
    if plain == "localhost" or plain.endswith((".localhost", ".local", ".internal")):
        raise _refused(where)
    if by_proxy and not _is_literal(plain):
        return
    try:
        found = socket.getaddrinfo(plain, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return  # it cannot be reached, which is told when it is asked
    for *_, place in found:
        if is_private(str(place[0])):
            raise _refused(where)


def is_private(address: str) -> bool:
    """Whether an address is none of the open internet.

    >>> is_private("192.168.1.1"), is_private("::ffff:127.0.0.1"), is_private("9.9.9.9")
    (True, True, False)
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return not parsed.is_global or parsed.is_multicast or (inner is not None and not inner.is_global)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host.replace(".", "").isdigit()
    return True


def _refused(where: str) -> NetworkError:
    return NetworkError("it leads to a machine of a private network", where, _HINT)
