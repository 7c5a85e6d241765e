"""Token codes outside the app: the file beside its recipes, tokenizers by name, and processes that are copied."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core import tokenizers, tokens

TEXTS = ["the room was clean", "the staff was friendly", "the room was clean, the staff friendly"]


def test_the_file_alone_gives_the_same_codes_outside(tmp_path: Path):
    made = tokenizers.SHELF["byte_pairs"].fit(TEXTS, 400)
    shutil.copy(tokens.__file__, tmp_path)
    (tmp_path / "own.tokenizer.json").write_text(json.dumps(made), encoding="utf-8")
    script = (
        "import tokens; feature = {'known': 'own', 'length': 9};"
        f"print(tokens.codes(feature, {TEXTS!r}).tolist(), tokens.vocabulary(feature))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, env={}
    )
    assert not done.stderr
    feature = {"tokenizer": made, "length": 9}
    assert done.stdout.strip() == f"{tokens.codes(feature, TEXTS).tolist()} {tokens.vocabulary(feature)}"
    away = subprocess.run([sys.executable, "-c", script.replace("'own'", "'../own'")], capture_output=True, text=True, cwd=tmp_path)  # fmt: skip
    assert "is no tokenizer's name" in away.stderr


def test_a_name_inside_the_app_asks_who_makes_it(monkeypatch: pytest.MonkeyPatch):
    made = tokenizers.SHELF["words"].fit(TEXTS, 400)
    monkeypatch.setitem(tokens.KNOWN, "ours", lambda: json.dumps(made))
    found = tokens.codes({"known": "ours", "length": 9}, TEXTS)
    assert (found == tokens.codes({"tokenizer": made, "length": 9}, TEXTS)).all()
    with pytest.raises(ValueError, match="Known are: sentence_encoder, ours"):
        tokens.codes({"known": "theirs", "length": 9}, TEXTS)


def test_a_tokenizer_is_opened_once(monkeypatch: pytest.MonkeyPatch):
    made = tokenizers.SHELF["words"].fit(TEXTS, 400)
    tokens._open.cache_clear()
    for _ in range(3):
        tokens.codes({"tokenizer": made, "length": 9}, TEXTS)
        tokens.codes({"tokenizer": json.loads(json.dumps(made)), "length": 9}, TEXTS)
    assert tokens._open.cache_info().misses == 1


def test_one_tokenizer_serves_several_lengths():
    made = tokenizers.SHELF["words"].fit(TEXTS, 400)
    short, long = ({"tokenizer": made, "length": length} for length in (2, 7))
    assert tokens.codes(short, TEXTS).shape == (3, 2)
    assert tokens.codes(long, TEXTS).shape == (3, 7)
    assert tokens.codes(short, TEXTS).tolist() == tokens.codes(long, TEXTS)[:, :2].tolist()
    assert tokens.lengths(short, TEXTS).tolist() == [4, 4, 8]


def test_what_was_learned_is_not_changed_by_a_template_of_a_pretrained_network():
    made = tokenizers.SHELF["words"].fit(TEXTS, 400)
    vocab = {
        token: code for code, token in enumerate(["<pad>", "<unk>", "[CLS]", "[SEP]", "the", "room", "was"])
    }
    made["model"]["vocab"] = vocab
    made["post_processor"] = {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}
    found = tokens.codes({"tokenizer": made, "length": 4}, ["the room was clean", ""])
    assert found.tolist() == [[2, 4, 5, 3], [2, 3, 0, 0]]  # cut inside, so that the end mark stays


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied here")
def test_a_process_copied_after_use_says_nothing_and_still_answers():
    script = (
        "import os; from core import tokenizers, tokens; texts = ['the room was clean'] * 5_000;"
        "made = {'tokenizer': tokenizers.SHELF['words'].fit(texts, 400), 'length': 5};"
        "tokens.codes(made, texts); child = os.fork(); child and os.waitpid(child, 0);"
        "print(tokens.codes(made, texts).sum(), flush=True);"
        "child or os._exit(0)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "TOKENIZERS_PARALLELISM"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", script],
        capture_output=True, text=True, timeout=60, env=environment,
    )  # fmt: skip
    assert done.stdout.split() == ["70000", "70000"]
    assert not done.stderr
