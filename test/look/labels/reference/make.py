"""Writes what cleanlab finds: small made-up data with its lists (small.json), and digests of its lists on the shared data (shared.json).

    python test/look/labels/reference/make.py [SHARED_DATA]

cleanlab sorts with NumPy's default sort, which leaves the order of equal keys to the processor; here every sort is stable, so that
of equally suspicious examples the first comes first. Nothing else of cleanlab is changed.
"""

import gzip
import hashlib
import json
import os
import sys
import warnings

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, *[".."] * 5, "shared", "data")

plain_argsort = np.argsort


def stable(a, axis=-1, kind=None, order=None, **rest):
    return plain_argsort(a, axis=axis, kind="stable", order=order, **rest)


np.argsort = stable
warnings.filterwarnings("ignore")

import cleanlab  # noqa: E402
from cleanlab.count import compute_confident_joint, get_confident_thresholds  # noqa: E402
from cleanlab.filter import find_label_issues  # noqa: E402
from cleanlab.multilabel_classification.filter import find_label_issues as find_multilabel  # noqa: E402
from cleanlab.rank import get_label_quality_scores  # noqa: E402
from cleanlab.regression.rank import get_label_quality_scores as regression_scores  # noqa: E402

FILTERS = [
    "prune_by_noise_rate",
    "prune_by_class",
    "both",
    "confident_learning",
    "predicted_neq_given",
    "low_self_confidence",
    "low_normalized_margin",
]
PRUNING = FILTERS[:3]
RANKS = ["self_confidence", "normalized_margin", "confidence_weighted_entropy"]


def find(labels, p, filter_by, rank_by, adjust=False, **options):
    kwargs = {"adjust_pred_probs": True} if adjust else {}
    found = find_label_issues(
        labels, p, filter_by=filter_by, return_indices_ranked_by=rank_by, rank_by_kwargs=kwargs, n_jobs=1, **options
    )
    return [int(i) for i in found]


def lists(labels, p):
    out = {}
    for filter_by in FILTERS:
        for rank_by in RANKS:
            out[f"{filter_by} {rank_by}"] = find(labels, p, filter_by, rank_by)
            if rank_by != "confidence_weighted_entropy":
                out[f"{filter_by} {rank_by} adjusted"] = find(labels, p, filter_by, rank_by, adjust=True)
    return out


def made_up(seed, n, k, noise, sharp, rounded=None, missing=False):
    """Labels with noise and the probabilities of a model that is wrong now and then; rounding makes ties."""
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(k, 3.0))
    if missing:
        shares[-1] = 0
        shares /= shares.sum()
    truth = rng.choice(k, n, p=shares)
    given = np.where(rng.random(n) < noise, rng.integers(0, k - (1 if missing else 0), n), truth)
    given[:2] = [0, 1]
    scores = rng.normal(size=(n, k))
    scores[np.arange(n), truth] += sharp
    p = np.exp(scores)
    p /= p.sum(axis=1, keepdims=True)
    p = np.round(p, rounded if rounded is not None else 6)
    p[:, 0] += 1 - p.sum(axis=1)
    return given, np.clip(np.round(p, 6), 0, 1)


def case(name, labels, p):
    k = p.shape[1]
    joint, _ = compute_confident_joint(labels, p, return_indices_of_off_diagonals=True)
    raw = compute_confident_joint(labels, p, calibrate=False)
    options = {}
    for filter_by in PRUNING:
        options[f"{filter_by} fracNoise 0.5"] = find(labels, p, filter_by, RANKS[0], frac_noise=0.5)
        options[f"{filter_by} minExamplesPerClass 5"] = find(labels, p, filter_by, RANKS[0], min_examples_per_class=5)
        remove = [1 + j % 3 for j in range(k)]
        options[f"{filter_by} numToRemovePerClass"] = find(
            labels, p, filter_by, RANKS[0], num_to_remove_per_class=remove
        )
        options[f"{filter_by} confidentJoint"] = find(labels, p, filter_by, RANKS[0], confident_joint=raw)
    return {
        "name": name,
        "k": k,
        "labels": labels.tolist(),
        "p": p.tolist(),
        "thresholds": get_confident_thresholds(labels, p).tolist(),
        "joint": joint.tolist(),
        "confident": raw.tolist(),
        "scores": {rank: get_label_quality_scores(labels, p, method=rank).tolist() for rank in RANKS},
        "lists": lists(labels, p),
        "options": options,
    }


def multi_label(seed, n, k):
    rng = np.random.default_rng(seed)
    truth = rng.random((n, k)) < rng.uniform(0.2, 0.6, k)
    given = truth ^ (rng.random((n, k)) < 0.08)
    given[0], given[1] = True, False
    p = np.clip(np.round(1 / (1 + np.exp(-(rng.normal(size=(n, k)) + np.where(truth, 1.8, -1.8)))), 6), 0, 1)
    labels = [np.where(row)[0].tolist() for row in given]
    out = {}
    for filter_by in FILTERS:
        out[filter_by] = np.where(find_multilabel(labels, p, filter_by=filter_by, n_jobs=1))[0].tolist()
        if filter_by.startswith("low_"):
            continue  # its order of these is that of other examples: indices by score are taken as indices by row
        for rank_by in RANKS:
            found = find_multilabel(labels, p, filter_by=filter_by, return_indices_ranked_by=rank_by, n_jobs=1)
            out[f"{filter_by} {rank_by}"] = [int(i) for i in found]
    return {"k": k, "given": given.astype(int).tolist(), "p": p.tolist(), "lists": out}


def regression(seed, n):
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=n) * 3
    label = truth + np.where(rng.random(n) < 0.05, rng.normal(size=n) * 6, 0)
    label, predicted = np.round(label, 4), np.round(truth + rng.normal(size=n) * 0.3, 4)
    scores = {m: regression_scores(label, predicted, method=m).tolist() for m in ("residual", "outre")}
    return {"label": label.tolist(), "predicted": predicted.tolist(), "scores": scores}


def shared(name):
    rows = np.loadtxt(gzip.open(os.path.join(SHARED, name)), delimiter=",", skiprows=1)
    labels, p = rows[:, 0].astype(int), rows[:, 2:]
    digest = lambda found: hashlib.sha256(np.array(found, dtype="<i4").tobytes()).hexdigest()  # noqa: E731
    return {key: {"n": len(found), "sha256": digest(found), "first": found[:5]} for key, found in lists(labels, p).items()}


def write(name, data):
    with open(os.path.join(HERE, name), "w") as file:
        json.dump({"cleanlab": cleanlab.__version__, "numpy": np.__version__, **data}, file, separators=(",", ":"))
        file.write("\n")


write(
    "small.json",
    {
        "cases": [
            case("three classes", *made_up(1, 90, 3, 0.2, 2.0)),
            case("ties in every place", *made_up(2, 80, 3, 0.25, 1.2, rounded=1)),
            case("ten classes, few examples each", *made_up(3, 120, 10, 0.15, 2.5)),
            case("a class without examples", *made_up(4, 70, 4, 0.2, 1.5, missing=True)),
            case("two classes, a weak model", *made_up(5, 60, 2, 0.3, 0.5)),
            case("nothing wrong", *made_up(6, 50, 3, 0.0, 8.0)),
        ],
        "multiLabel": [multi_label(7, 80, 3), multi_label(8, 60, 5)],
        "regression": [regression(9, 60), regression(10, 150)],
    },
)
if os.path.isdir(SHARED):
    write("shared.json", {name: shared(name) for name in ("cifar10-noise20-resnet18.csv.gz", "roman-numeral-resnet18.csv.gz")})
