"""Telling somebody outside that a training has ended: a message sent to a web address, with no browser open."""

from core.notices.addresses import Webhook, forget, keep, masked, webhook
from core.notices.messages import sentence
from core.notices.sending import Attempt, last, send_test
from core.notices.waiting import ended, expect, finish, look

__all__ = [
    "Attempt", "Webhook", "ended", "expect", "finish", "forget", "keep", "last", "look", "masked", "send_test", "sentence", "webhook",
]  # fmt: skip
