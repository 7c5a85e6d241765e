"""A message arrives, or it is said why not; no server can hold it up or lead it elsewhere."""

import logging

import pytest

from core import notices
from core.notices import sending
from tests.core.notices.conftest import SECRET, Service


def test_a_test_arrives_and_is_remembered(service: Service):
    hook = notices.keep(service.address)
    assert notices.last(hook) is None
    attempt = notices.send_test(hook, "Churn")
    assert (attempt.sent, attempt.status, attempt.test) == (True, 200, True)
    assert notices.last(hook) == attempt
    (got,) = service.got
    assert set(got) == {"text", "run", "name", "project", "state", "reason", "metrics", "link"}
    assert (got["state"], got["project"]) == ("test", "Churn")
    assert "test" in got["text"]


@pytest.mark.parametrize(
    ("status", "sent", "later"),
    [
        (204, True, False),
        (404, False, False),
        (403, False, False),
        (429, False, True),
        (500, False, True),
        (503, False, True),
    ],
)
def test_what_the_address_answers_decides(service: Service, status: int, sent: bool, later: bool):
    service.answers = [status]
    attempt = notices.send_test(notices.keep(service.address), "")
    assert (attempt.sent, attempt.status, attempt.may_work_later) == (sent, status, later)
    assert sent or str(attempt.what) == f"The address answered {status}."


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_led_elsewhere(service: Service, status: int):
    service.answers = [status]
    attempt = notices.send_test(notices.keep(service.address), "")
    assert (attempt.sent, attempt.may_work_later) == (False, False)
    assert "another one" in str(attempt.what)
    assert service.paths == [f"/{SECRET}"]


@pytest.mark.parametrize("name", ["silent", "drip"])
def test_a_server_that_does_not_come_to_an_end_is_too_slow(service: Service, quick: None, name: str):
    attempt = notices.send_test(notices.keep(f"{service.url}/{name}/{SECRET}"), "")
    assert (attempt.sent, attempt.status) == (False, 0)
    assert "did not answer within" in str(attempt.what)


def test_an_endless_answer_is_not_read(service: Service):
    assert notices.send_test(notices.keep(f"{service.url}/huge/{SECRET}"), "").sent


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "https://name.invalid/x", "http://0.0.0.0:1/x"])
def test_where_nobody_listens_that_is_said(address: str):
    attempt = notices.send_test(notices.keep(address), "")
    assert (attempt.sent, attempt.may_work_later) == (False, True)
    assert "could not be reached" in str(attempt.what)


def test_https_is_asked_for_its_certificate(service: Service):
    attempt = notices.send_test(notices.keep(service.address.replace("http://", "https://")), "")
    assert not attempt.sent
    assert not service.got


def test_an_address_stands_in_no_log_and_in_no_result(
    service: Service, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture
):
    service.answers = [500]
    caplog.set_level(logging.INFO)
    hook = notices.keep(service.address)
    told = [notices.send_test(hook, ""), sending.post(notices.Webhook(f"http://127.0.0.1:9/{SECRET}"), {})]
    assert not any(SECRET in str(one.to_json()) for one in told)
    assert SECRET not in caplog.text + "".join(capfd.readouterr())
