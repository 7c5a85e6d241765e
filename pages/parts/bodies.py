"""What a request brings, counted as it comes, whatever its header promises."""

from starlette.requests import Request


async def read(request: Request, most: int) -> bytes | None:
    """All of it, or None as soon as it is more bytes than `most`."""
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told[:20]) > most:
        return None
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > most:
            return None
    return bytes(found)
