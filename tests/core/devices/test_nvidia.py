"""Graphics processors are found, named, hidden and handed out, as a driver's library tells of them."""

from collections.abc import Callable
from typing import Any

import pytest

Told = Callable[..., Any]
IDS = "[device.id for device in devices.found()]"


def test_each_is_named_and_the_processor_stays(told: Told):
    labels = told("[str(device.label) for device in devices.found()]", FAKE_CARDS="2", MODELYARD_CORES="6")
    assert labels == ["GPU 0: Fake Card 0", "GPU 1: Fake Card 1", "CPU, 6 cores"]


def test_the_first_one_trains_where_nobody_has_chosen(told: Told):
    assert told("devices.automatic().memory_bytes", FAKE_CARDS="2") == 80_000_000_000


@pytest.mark.parametrize(
    ("hidden", "ids"),
    [
        ("0", ["gpu:0"]),
        ("2,0", ["gpu:2", "gpu:0"]),
        ("GPU-1000-fake", ["gpu:1"]),
        ("GPU-2,GPU-0", ["gpu:2", "gpu:0"]),
        ("GPU-", []),  # fits three
        ("1,-1,2", ["gpu:1"]),
        ("1,7,2", ["gpu:1"]),
        ("1,1", ["gpu:1"]),
        ("-1", []),
        ("", []),
        ("NoDevFiles", []),
    ],
)
def test_what_cuda_may_not_see_is_hidden(told: Told, hidden: str, ids: list[str]):
    assert told(IDS, FAKE_CARDS="3", CUDA_VISIBLE_DEVICES=hidden) == [*ids, "cpu"]


def test_of_a_divided_one_the_slices_train(told: Told):
    assert told(IDS, FAKE_CARDS="2", FAKE_SLICES="2") == ["gpu:0", "gpu:2", "gpu:3", "cpu"]
    given = told("devices.environment('gpu:3')", FAKE_CARDS="2", FAKE_SLICES="2")
    assert given["CUDA_VISIBLE_DEVICES"] == "MIG-11-slice"


def test_a_worker_sees_only_its_own_and_gets_its_share_of_the_cores(told: Told):
    assert told("devices.environment('gpu:1')", FAKE_CARDS="2", MODELYARD_CORES="8") == {
        "CUDA_VISIBLE_DEVICES": "GPU-1000-fake",
        "OMP_NUM_THREADS": "4",
        "TF_NUM_INTRAOP_THREADS": "4",
    }


def test_one_run_may_have_all_of_them_together(told: Told):
    given = told("devices.environment('gpu:all')", FAKE_CARDS="2", MODELYARD_CORES="8")
    assert given["CUDA_VISIBLE_DEVICES"] == "GPU-0000-fake,GPU-1000-fake"
    assert given["OMP_NUM_THREADS"] == "8"
    assert told("str(devices.chosen('gpu:all').label)", FAKE_CARDS="3") == "3 GPUs together"


@pytest.mark.parametrize("cards", ["0", "1"])
def test_where_there_are_not_two_none_are_together(told: Told, cards: str):
    assert told("devices.together()", FAKE_CARDS=cards) is None


def test_a_worker_on_the_processor_sees_none(told: Told):
    assert told("devices.environment('cpu')", FAKE_CARDS="2")["CUDA_VISIBLE_DEVICES"] == "-1"


def test_one_that_fell_off_the_bus_is_left_out(told: Told):
    assert told(IDS, FAKE_CARDS="2", FAKE_BROKEN="lost") == ["gpu:1", "cpu"]


def test_a_driver_that_does_not_answer_is_none(told: Told):
    assert told(IDS, FAKE_CARDS="2", FAKE_BROKEN="init") == ["cpu"]


def test_what_the_installed_tensorflow_cannot_use_is_told_and_not_taken(told: Told):
    given = told(f"[{IDS}, devices.idle_graphics()]", gpu_build=False, FAKE_CARDS="1")
    assert given == [["cpu"], ["Fake Card 0"]] or given == [
        ["gpu:0", "cpu"],
        [],
    ]  # the GPU build is installed


def graphics(told: Told, **environment: str) -> list[list[Any]]:
    """What the gauges say of each."""
    read = "[[g.id, g.memory_used, g.busy, g.degrees, g.watts] for g in gauges.readings(0)[-1].graphics]"
    return told(read, **environment)


def test_the_gauges_read_how_busy_full_and_warm_each_is(told: Told):
    assert graphics(told, FAKE_CARDS="2", CUDA_VISIBLE_DEVICES="1") == [
        ["gpu:1", 3_000_000_000, 0.42, 61, 250.5]
    ]


def test_what_a_driver_cannot_say_is_left_open(told: Told):
    assert graphics(told, FAKE_CARDS="1", FAKE_BROKEN="quiet") == [["gpu:0", 3_000_000_000, None, None, None]]


def test_a_slice_has_the_thermometer_of_the_whole(told: Told):
    assert graphics(told, FAKE_CARDS="1", FAKE_SLICES="1") == [["gpu:1", 3_000_000_000, None, 61, 250.5]]
