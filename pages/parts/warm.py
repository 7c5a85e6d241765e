"""What is begun in the background for the editor as soon as its page opens, so that it is ready when it is asked."""

from threading import Event

from core import speed
from pages.parts import helpers

# Set while a server serves; a page that is only tested begins nothing.
serving = Event()


def begin() -> None:
    """Start the helper process that previews layers, and measure this machine if nobody has; this waits for nothing."""
    if serving.is_set():
        helpers.PREVIEW.begin()
        speed.ensure()
