"""The link to a page that is shared: nobody can guess it, and the workspace holds nothing that opens it but its secret."""

import ipaddress
import socket
from urllib.parse import urlsplit

import segno

from core import shares
from core.shares import Share
from pages.parts import keys, share_port

ID_LETTERS = 16


def token(share: Share) -> str:
    """The last part of the link: the page's id, and 128 bits that only this workspace can make of it."""
    return share.id + keys.key(_about(share.id))


def opens(shown: str) -> Share | None:
    """The page whose token this is, found out in the same time whatever was shown; None if there is none."""
    id = shown[:ID_LETTERS]
    return shares.find(id) if keys.fits(_about(id), shown[ID_LETTERS:]) else None


def _about(id: str) -> str:
    return f"share-{id}"


def address(share: Share, app: str) -> str:
    """The whole link.

    Args:
        app: Where this browser opens the app, without a slash at its end.
    """
    return f"{base(app)}/share/{token(share)}"


def base(app: str) -> str:
    """Where strangers open what is meant for them: the port of their own, where there is one, else the app's."""
    place = share_port.listens()
    if place is None or share_port.url():
        return share_port.url() or app
    host, port = place
    if not only_here(f"http://{_bracketed(host)}"):
        host = own_name() if only_here(app) else urlsplit(app).hostname or own_name()
    return f"http://{_bracketed(host)}:{port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def picture(link: str) -> str:
    """The link as a QR code, an SVG as a data address; black on white in both themes, or cameras would not read it."""
    return segno.make(link, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff")


def only_here(app: str) -> bool:
    """Whether an address leads to the very computer of whoever opens it."""
    host = urlsplit(app).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def own_name() -> str:
    """What other computers in the same network call this one: its address there, or a name in its place."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(
                ("192.0.2.1", 9)
            )  # an address for examples: nothing is sent, but the way out is chosen
            return probe.getsockname()[0]
        except OSError:
            return socket.gethostname()
