"""What is begun in the background for the editor as soon as its page opens, so that it is ready when it is asked."""

from threading import Event

from pages.parts import helpers

# Set while a server serves; a page that is only tested begins nothing.
serving = Event()


def begin() -> None:
    """Start the helper process that previews layers; this waits for nothing."""
    if serving.is_set():
        helpers.PREVIEW.begin()
