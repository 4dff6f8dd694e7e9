"""Fits the ranker of sentences: a linear model, then boosted trees, both by listwise softmax.

The loss of a question is minus the log of the probability of the sentences that hold its answer
among all its candidates; where several may, their sum counts, so an answer that is only known to
stand early is learned from too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.tree import DecisionTreeRegressor

from assistant.answering.ranker import FEATURES, Ranker, Tree, features_of
from assistant.judge import Judge
from assistant.understanding.question import analyse
from assistant.understanding.routing import Route
from eval.statistics import Interval, bootstrap_interval
from eval.windows import Located

Floats = NDArray[np.float64]
RIDGE = 100.0
TREES = 120
LEAVES = 6
RATE = 0.12
LEAST_LEAF = 100
LEAF_RIDGE = 3.0
SAMPLED = 0.7
COLUMNS = 0.6
VAGUE = 0.7
FOLDS = 5
BLOCK = 40


@dataclass(frozen=True, slots=True)
class Lists:
    """Candidates of questions, one after the other.

    `rows` are their features, shape (n, features); `right` tells which hold the answer; `starts`
    is the first row of each question, `weights` how much each question counts.
    """

    rows: Floats
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]
    weights: Floats

    @property
    def of_row(self) -> NDArray[np.int64]:
        """The question of each row."""
        return np.repeat(np.arange(len(self.starts)), np.diff([*self.starts, len(self.rows)]))


def gather(
    judge: Judge,
    questions: Sequence[Located],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Lists:
    """Retrieve for every question as the assistant does; those without a right candidate go."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    starts: list[int] = []
    weights: list[float] = []
    for done, located in enumerate(questions, 1):
        question = analyse(located.text)
        found, candidates = judge.candidates(question, Route())
        holds = [
            e.span.clause.doc_id == located.passage_id
            and e.span.start <= located.last
            and located.first < e.span.end
            for e in found
        ]
        if any(holds):
            starts.append(len(rows))
            weights.append(1.0 if located.first == located.last else VAGUE)
            rows += features_of(judge.asked(question, Route()), candidates)
            right += holds
        progress(done, len(questions))
    return Lists(np.array(rows), np.array(right), np.array(starts), np.array(weights))


def fit_ranker(lists: Lists) -> Ranker:
    """Fit the linear model and the trees that correct it."""
    weights = _linear(lists)
    scores = lists.rows @ weights
    random = np.random.default_rng(0)
    trees = []
    for number in range(TREES):
        tree, values = _tree(lists, scores, random, number)
        scores += values
        trees.append(tree)
    return Ranker(tuple(float(weight) for weight in weights), tuple(trees))


def _linear(lists: Lists) -> Floats:
    scale = lists.rows.std(axis=0) + 1e-9
    design = (lists.rows - lists.rows.mean(axis=0)) / scale

    def loss(weights: Floats) -> tuple[float, Floats]:
        share, wanted, log = _softmax(lists, design @ weights)
        gradient = design.T @ ((share - wanted) * lists.weights[lists.of_row])
        total = -(lists.weights * log).sum() + RIDGE / 2 * weights @ weights
        return float(total), gradient + RIDGE * weights

    found = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale)


def _softmax(lists: Lists, scores: Floats) -> tuple[Floats, Floats, Floats]:
    """Return each row's share, its share among the right ones, and log p(right) by question."""
    of_row, starts = lists.of_row, lists.starts
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[of_row])
    whole = np.add.reduceat(powers, starts)
    good = powers * lists.right
    met = np.add.reduceat(good, starts) + 1e-30
    return powers / whole[of_row], good / met[of_row], np.log(met / whole)


def _tree(
    lists: Lists, scores: Floats, random: np.random.Generator, number: int
) -> tuple[Tree, Floats]:
    """Fit one tree to the gradient with Newton values; return it and its value for every row."""
    share, wanted, _ = _softmax(lists, scores)
    counts = lists.weights[lists.of_row]
    gradient = (wanted - share) * counts
    curvature = np.maximum(share * (1 - share), 1e-4) * counts
    used = (random.random(len(lists.starts)) < SAMPLED)[lists.of_row]
    columns = np.flatnonzero(random.random(len(FEATURES)) < COLUMNS)
    model = DecisionTreeRegressor(
        max_leaf_nodes=LEAVES, min_samples_leaf=LEAST_LEAF, random_state=number
    )
    part = lists.rows[:, columns]
    model.fit(part[used], gradient[used] / curvature[used], sample_weight=curvature[used])
    leaf, size = model.apply(part), model.tree_.node_count
    slope = np.bincount(leaf[used], gradient[used], size)
    bend = np.bincount(leaf[used], curvature[used], size)
    values = RATE * slope / (bend + LEAF_RIDGE)
    return _plain(model, columns, values), values[leaf]


def _plain(model: DecisionTreeRegressor, columns: NDArray[np.int64], values: Floats) -> Tree:
    tree = model.tree_
    nodes = [
        (-1, round(float(values[i]), 4), 0, 0)
        if tree.children_left[i] < 0
        else (
            int(columns[tree.feature[i]]),
            round(float(tree.threshold[i]), 5),
            int(tree.children_left[i]),
            int(tree.children_right[i]),
        )
        for i in range(tree.node_count)
    ]
    return Tree(tuple(nodes))


def first_right(ranker: Ranker, lists: Lists) -> list[float]:
    """Return for each question 1 when its best candidate is right, else 0."""
    scores = np.array([ranker.score(row) for row in lists.rows.tolist()])
    ends = [*lists.starts[1:], len(scores)]
    return [
        float(lists.right[first + int(scores[first:end].argmax())])
        for first, end in zip(lists.starts, ends, strict=True)
    ]


def write_ranker(ranker: Ranker, path: Path, questions: int) -> None:
    """Write a ranker where the assistant reads it: one line a tree."""
    weights = {n: round(w, 5) for n, w in zip(FEATURES, ranker.weights, strict=True)}
    trees = ",\n ".join(json.dumps(tree.nodes, separators=(",", ":")) for tree in ranker.trees)
    head = json.dumps({"questions": questions, "weights": weights}, indent=1)
    path.write_text(f'{head[:-2]},\n "trees": [\n {trees}\n ]\n}}\n', encoding="utf-8")


def cross_validated(lists: Lists) -> Interval:
    """Return how often the first candidate is right, in folds of neighbouring questions.

    Questions about one passage stand next to each other, so blocks keep most of them together.
    """
    met: list[float] = []
    fold = np.arange(len(lists.starts)) // BLOCK % FOLDS
    for number in range(FOLDS):
        ranker = fit_ranker(_only(lists, fold != number))
        met += first_right(ranker, _only(lists, fold == number))
    return bootstrap_interval(met)


def _only(lists: Lists, kept: NDArray[np.bool_]) -> Lists:
    rows = kept[lists.of_row]
    sizes = np.diff([*lists.starts, len(lists.rows)])[kept]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return Lists(lists.rows[rows], lists.right[rows], starts, lists.weights[kept])
