"""What other programs say to the same events; run by `benchmarks.recommender` in an environment of their own.

    python benchmarks/recommender_peers.py FOLDER SEED

The folder holds `events.npz`: `person` and `item` as codes from 1 on, `side` (0 trains, 1 validates, 2 tests) in each person's order,
and `persons`, who are asked. For each way `<name>.npy` is written there: a score for each person and code. Settings are chosen by NDCG@10
on the validation events, and what needs no early stopping then learns from those too, as ours does.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from scipy import sparse

FACTORS, STRENGTHS, ALPHAS = (32, 64, 128), (0.01, 1.0, 30.0), (1.0, 10.0)


def matrix(events, sides, shape):
    chosen = np.isin(events["side"], sides)
    ones = np.ones(chosen.sum(), np.float32)
    return sparse.csr_matrix((ones, (events["person"][chosen], events["item"][chosen])), shape)


def worth(scores, known, right):
    scores = np.array(scores, np.float64)
    scores[known.toarray() > 0] = -np.inf
    scores[:, 0] = -np.inf
    own = np.take_along_axis(scores, right[:, None], 1)
    before = (scores > own).sum(1)
    return float(np.where(before < 10, 1 / np.log2(before + 2.0), 0).mean())


def implicit_ways(training, whole, persons, right, seed):
    from implicit.als import AlternatingLeastSquares
    from implicit.bpr import BayesianPersonalizedRanking

    def als(values, data):
        model = AlternatingLeastSquares(
            factors=values[0],
            regularization=values[1],
            alpha=values[2],
            iterations=15,
            random_state=seed,
            num_threads=2,
        )
        model.fit(data, show_progress=False)
        return model.user_factors[persons] @ model.item_factors.T

    def bpr(values, data):
        model = BayesianPersonalizedRanking(
            factors=values[0],
            learning_rate=values[1],
            regularization=0.01,
            iterations=values[2],
            random_state=seed,
            num_threads=2,
        )
        model.fit(data, show_progress=False)
        return model.user_factors[persons] @ model.item_factors.T

    ways = {
        "implicit ALS": (als, [(f, s, a) for f in FACTORS for s in STRENGTHS for a in ALPHAS]),
        "implicit BPR": (bpr, [(f, r, e) for f in (64, 128) for r in (0.01, 0.05) for e in (100, 300)]),
    }
    known = training[persons]
    for name, (way, choices) in ways.items():
        began = time.monotonic()
        best = max(choices, key=lambda values: worth(way(values, training), known, right))
        yield name, way(best, whole), f"{best}", time.monotonic() - began


def recbole_ways(folder, events, persons, codes, seed, ordered):
    import logging

    import pandas as pd
    import torch
    from recbole.config import Config
    from recbole.data import create_dataset, data_preparation
    from recbole.data.interaction import Interaction
    from recbole.trainer import Trainer
    from recbole.utils import get_model, init_seed

    torch.set_num_threads(2)
    data = folder / "recbole" / "events"
    data.mkdir(parents=True, exist_ok=True)
    rows = {
        "user_id:token": events["person"],
        "item_id:token": events["item"],
        "timestamp:float": np.arange(len(events["person"])),
    }
    pd.DataFrame(rows).to_csv(data / "events.inter", sep="\t", index=False)
    for name in ("BPR", *(["SASRec"] if ordered else [])):
        began = time.monotonic()
        settings = {
            "data_path": str(folder / "recbole"), "checkpoint_dir": str(folder / "saved"), "seed": seed, "use_gpu": False, "state": "ERROR",
            "USER_ID_FIELD": "user_id", "ITEM_ID_FIELD": "item_id", "TIME_FIELD": "timestamp",
            "load_col": {"inter": ["user_id", "item_id", "timestamp"]},
            "eval_args": {"split": {"LS": "valid_and_test"}, "order": "TO", "mode": "full", "group_by": "user"},
            "metrics": ["NDCG"], "topk": [10], "valid_metric": "NDCG@10", "epochs": 60, "stopping_step": 5, "show_progress": False,
            "train_batch_size": 2048, "eval_batch_size": 40960, "MAX_ITEM_LIST_LENGTH": 50,
            **({"loss_type": "CE", "train_neg_sample_args": None} if name == "SASRec" else {}),
        }  # fmt: skip
        config = Config(model=name, dataset="events", config_dict=settings)
        init_seed(seed, True)
        logging.disable(logging.CRITICAL)
        dataset = create_dataset(config)
        train, valid, test = data_preparation(config, dataset)
        model = get_model(name)(config, train.dataset).to(config["device"])
        trainer = Trainer(config, model)
        trainer.fit(train, valid, saved=False, show_progress=False, verbose=False)
        scores = np.full((len(persons), codes), -np.inf, np.float32)
        tokens = dataset.field2id_token["item_id"]
        places = np.array([0 if token == "[PAD]" else int(token) for token in tokens])
        at = {
            int(token): row for row, token in enumerate(dataset.field2id_token["user_id"]) if token != "[PAD]"
        }
        ids = torch.tensor([at[int(person)] for person in persons])
        model.eval()
        with torch.no_grad():
            if name == "SASRec":
                inter = test.dataset.inter_feat
                row_of = {int(user): row for row, user in enumerate(inter["user_id"])}
                some = inter[torch.tensor([row_of[int(user)] for user in ids])]
            else:
                some = Interaction({"user_id": ids})
            said = torch.cat(
                [
                    model.full_sort_predict(some[a : a + 256]).view(-1, len(tokens))
                    for a in range(0, len(ids), 256)
                ]
            )
        scores[:, places] = said.numpy()
        yield f"RecBole {name}", scores, "defaults", time.monotonic() - began


def main() -> None:
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    with np.load(folder / "events.npz") as file:
        events = {name: file[name] for name in file.files}
    persons, codes = events["persons"], int(events["item"].max()) + 1
    shape = (int(events["person"].max()) + 1, codes)
    training, whole = matrix(events, [0], shape), matrix(events, [0, 1], shape)
    asked = events["side"] == 1
    first = dict(zip(events["person"][asked].tolist(), events["item"][asked].tolist(), strict=False))
    right = np.array([first[int(person)] for person in persons])
    told = {}
    for ways in (
        implicit_ways(training, whole, persons, right, seed),
        recbole_ways(folder, events, persons, codes, seed, bool(events["ordered"])),
    ):
        try:
            for name, scores, choice, seconds in ways:
                np.save(folder / f"{name}.npy", scores.astype(np.float32))
                told[name] = {"choice": choice, "seconds": round(seconds, 1)}
        except ImportError as error:
            print(f"left out: {error}", file=sys.stderr)
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main()
