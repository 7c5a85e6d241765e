"""The shelf's contract, first half: every kind of layer describes itself, and refuses what does not fit."""

import json

import pytest

from core.errors import SettingError
from core.fields import check_all, defaults
from core.graph import explain, measure, operations
from core.layers import GROUPS, SHELF, Part
from core.words import Sentence
from tests.core.layers.kinds import BLOCKS, EXAMPLES, KINDS, alone, complete

# Those that the editor can draw, in `frontend/src/editor/pictures`.
PICTURES = {
    "input", "output", "dense", "embedding", "concatenate", "merge", "dropout", "noise", "normalize", "activation",
    "flatten", "reshape", "permute", "repeat", "conv1d", "conv2d", "depthwise", "transpose_conv", "pool",
    "global_pool", "upsample", "pad", "resize", "rescale", "augment", "recurrent", "bidirectional",
    "time_distributed", "attention", "position", "block", "residual", "experts",
}  # fmt: skip
FIELDS = [pytest.param(kind, name, id=f"{kind}-{name}") for kind in KINDS for name in SHELF[kind].FIELDS]
MEASURED = [row for row in EXAMPLES if row.values[0] not in ("input", "output")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_what_it_is(kind: str):
    module = SHELF[kind]
    assert isinstance(module.LABEL, Sentence)
    for sentence in (module.HELP, module.WHEN, module.MORE):
        assert isinstance(sentence, Sentence)
        assert str(sentence).endswith(".")
        assert len(str(sentence)) < 160
    assert module.PICTURE in PICTURES
    assert module.GROUP in GROUPS
    assert module.EXAMPLES
    least, most = module.INPUTS
    assert 0 <= least <= most
    assert getattr(module, "CODES", "refuses") in {"passes", "reads", "refuses"}
    assert getattr(module, "CALL", "one") in {"one", "spread", "twice"}
    assert all(isinstance(port, Sentence) for port in getattr(module, "PORTS", ()))
    assert len(getattr(module, "PORTS", ())) <= most


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_either_one_layer_or_a_block(kind: str):
    module, own = SHELF[kind], {"output_shape", "weights", "operations"}
    if kind in BLOCKS:
        assert not getattr(module, "KERAS", "")
        assert not {name for name in own if hasattr(module, name)}
    else:
        assert isinstance(module.KERAS, str)
        assert {name for name in own if hasattr(module, name)} >= {"output_shape", "weights"}


def test_the_palette_shows_every_group_and_no_two_kinds_are_called_alike():
    assert {SHELF[kind].GROUP for kind in KINDS} == set(GROUPS)
    labels = [str(SHELF[kind].LABEL) for kind in KINDS]
    assert sorted(labels) == sorted(set(labels))


def test_there_are_at_least_forty_kinds():
    assert len(KINDS) >= 40


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_setting_explains_itself_and_refuses_wrong_values(kind: str, name: str):
    field = SHELF[kind].FIELDS[name]
    assert str(field.label)
    assert str(field.help).endswith(".")
    for wrong in field.wrong_values():
        with pytest.raises(SettingError) as caught:
            field.check(wrong)
        assert str(caught.value.what).endswith(".")
        assert str(caught.value.fix).endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_the_defaults_are_allowed_and_survive_a_file(kind: str):
    fields = SHELF[kind].FIELDS
    found = check_all(fields, {})
    assert found == defaults(fields)
    assert check_all(fields, json.loads(json.dumps(found))) == found


@pytest.mark.parametrize("kind", [k for k in KINDS if SHELF[k].FIELDS])
def test_a_kind_with_settings_shows_one_first(kind: str):
    assert any(field.main for field in SHELF[kind].FIELDS.values())


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_an_example_has_as_many_inputs_as_the_kind_takes(kind: str, example: dict):
    least, most = SHELF[kind].INPUTS
    assert least <= len(example["shapes"]) <= most


@pytest.mark.parametrize(("kind", "example"), MEASURED)
def test_an_example_is_measured_in_a_drawing(kind: str, example: dict):
    graph, facts = alone(kind, example)
    report = measure(graph, facts)
    assert report.ok, report.errors
    it = report.layers["it"]
    assert it.shape
    assert it.weights >= 0
    assert operations(it) > 0
    assert all(str(sentence).endswith(".") for sentence in explain(graph, {**facts, "columns": 1}))


@pytest.mark.parametrize(("kind", "example"), [row for row in EXAMPLES if row.values[0] in BLOCKS])
def test_the_parts_of_a_block_are_wired_in_order(kind: str, example: dict):
    known = {f"in_{number}" for number, _ in enumerate(example["shapes"], start=1)}
    for part in SHELF[kind].layers(complete(kind, example), example["shapes"]):
        assert isinstance(part, Part)
        assert part.kind in SHELF
        assert part.name not in known
        assert set(part.inputs) <= known
        known.add(part.name)


@pytest.mark.parametrize(
    ("kind", "name", "by_rows", "unknown"),
    [
        ("dense", "units", {200: 64, 900: 128, 4_900: 256}, 64),
        ("dropout", "rate", {200: 0.2, 2_000: 0.25, 50_000: 0.1}, 0.1),
        ("spatial_dropout_1d", "rate", {200: 0.2, 50_000: 0.1}, 0.1),
        ("conv_2d", "filters", {200: 16, 50_000: 32}, 32),
        ("separable_conv_1d", "filters", {200: 16, 50_000: 32}, 32),
    ],
)
def test_a_size_follows_from_the_rows_until_it_is_set(kind: str, name: str, by_rows: dict, unknown: float):
    assert complete(kind, {"fields": {}, "shapes": []}, {})[name] == unknown
    for rows, value in by_rows.items():
        assert complete(kind, {"fields": {}, "shapes": []}, {"rows": {"train": rows}})[name] == value
        set_by_hand = {"fields": {name: 0.5 if name == "rate" else 5}, "shapes": []}
        assert complete(kind, set_by_hand, {"rows": {"train": rows}})[name] == set_by_hand["fields"][name]


def test_groups_follow_from_the_channels():
    found = {
        c: complete("group_normalization", {"fields": {}, "shapes": [(4, c)]})["groups"]
        for c in (1, 57, 64, 96)
    }
    assert found == {1: 1, 57: 19, 64: 32, 96: 32}


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("conv_2d", {"kernel_size": [5]}, [5, 5]),
        ("conv_2d", {"kernel_size": [5, 2]}, [5, 2]),
        ("zero_padding_2d", {"padding": [2]}, [2, 2, 2, 2]),
        ("zero_padding_2d", {"padding": [1, 3]}, [1, 1, 3, 3]),
        ("cropping_2d", {"cropping": [1, 2, 3, 4]}, [1, 2, 3, 4]),
    ],
)
def test_one_number_stands_for_all_directions(kind: str, given: dict, kept: list):
    assert check_all(SHELF[kind].FIELDS, given)[next(iter(given))] == kept
