"""Where the page is served: an address that can be had, and how it is told."""

from __future__ import annotations

import errno
import socket
import sys

from index.errors import TiaoWenError

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}


class AddressError(TiaoWenError):
    """The page cannot be served at the address: taken, forbidden, or not of this machine."""


def check_address(host: str, port: int) -> None:
    """Find out before Gradio waits in vain for a server that cannot bind.

    Raises:
        AddressError: if nothing can be served at `host` and `port`.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]") or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise AddressError(_refused(error, host, port)) from error


def _refused(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return taken(port)
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"没有权限使用端口{port}，请换一个大于1024的端口。"
    return f"不能在地址 {host} 上打开网页，请检查主机地址的设置。"


def taken(port: int) -> str:
    """Return what to tell a user whose port is in use."""
    return f"端口{port}已被别的程序占用，请先关掉那个程序，或者换一个端口。"


def announce(host: str, port: int) -> None:
    """Print where a browser finds the page."""
    shown = _EVERYWHERE.get(host, f"[{host}]" if ":" in host and "[" not in host else host)
    sys.stdout.write(f"打开 http://{shown}:{port}\n")
    sys.stdout.flush()
