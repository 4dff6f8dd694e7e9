"""Fits the network of `assistant.matching` from judged questions, with torch.

The loss of a question is minus the log of the probability of what is right, among its candidates
and the choice that nothing answers: the sentences that hold the answer together, or that choice
where the documents do not say. So one network both ranks and refuses. Candidates are those that
the assistant retrieves; a question whose answer is not among them is left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

from assistant.answering.evidence import Evidence
from assistant.engine import Assistant
from assistant.judge import INSTEAD, Judge
from assistant.matching.candidates import is_lead_in
from assistant.matching.matcher import FEATURES, SIGNALS
from assistant.matching.network import MOST_DEVIATIONS, TOLD, Ensemble, Network, Pair, said_of
from assistant.matching.signals import OWN
from assistant.understanding.question import analyse
from assistant.understanding.routing import Route
from eval.dataset import QAItem
from eval.matching import contains, supports
from eval.windows import Located
from index.salience import load_salience

Floats = NDArray[np.float32]
DIRECTIONS = 256
MEANING = 16
HIDDEN = 48
READ = 40
SHARPNESS = 10.0
PAIR = 32
JOINT = 32
DROPPED = 0.3
RATE = 2e-3
DECAY = 1e-3
BATCH = 32
SORTED = 40  # batches that are sorted by length together
EPOCHS = 8
BOTH_SIDES = 4
MEMBERS = 4
STATES_VALUE = FEATURES.index("states_value")


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its candidates; `right` tells which hold the answer, none when none does.

    Examples of one `field` stand in one fold.
    """

    field: str
    pair: Pair
    right: NDArray[np.bool_]


def examples(assistant: Assistant, items: Sequence[QAItem], field: str) -> Iterator[Example]:
    """Retrieve for every question of one turn as the assistant does."""
    for item in items:
        found = assistant.competing(item.question) if len(item.turns) == 1 else None
        if found is None or not found[1].words.texts:
            continue
        evidence, pair = found
        right = np.array([item.answerable and _holds(item, e, assistant) for e in evidence], bool)
        if right.any() or not item.answerable:
            yield Example(field, pair, right)


def _holds(item: QAItem, evidence: Evidence, assistant: Assistant) -> bool:
    """Tell whether a span of a gold clause says a part of the answer, or is its evidence.

    What announces several gold clauses (提交下列材料：) holds the answer too.
    """
    if is_lead_in(evidence.span):
        listed = [c.clause_id for c in assistant.announced(evidence.span.clause)]
        if sum(any(supports(gold, one) for one in listed) for gold in item.clauses) > 1:
            return True
    if not any(supports(gold, evidence.span.clause.clause_id) for gold in item.clauses):
        return False
    said = _tight(evidence.span.text)
    quotes = [_tight(quote) for quote in item.evidence]
    return any(
        contains(evidence.span.text, part) for parts in item.elements for part in parts
    ) or any(said in quote or (len(quote) >= BOTH_SIDES and quote in said) for quote in quotes)


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


def window_examples(judge: Judge, questions: Sequence[Located], field: str) -> Iterator[Example]:
    """Retrieve for questions whose answer is known to begin in a range of characters."""
    for located in questions:
        question = analyse(located.text)
        evidence = judge.candidates(question, Route())
        right = [
            e.span.clause.doc_id == located.passage_id
            and e.span.start <= located.last
            and located.first < e.span.end
            for e in evidence
        ]
        if any(right):
            yield Example(field, judge.pair(question, Route(), evidence), np.array(right, bool))


class TorchNetwork(nn.Module):
    """What `assistant.matching.network` computes, to be trained; the names of weights are shared."""

    def __init__(self) -> None:
        """Start from random weights."""
        super().__init__()
        self.meaning = nn.Linear(DIRECTIONS, MEANING)
        self.said_meaning = nn.Linear(DIRECTIONS, MEANING)
        self.said_word = nn.Linear(MEANING + len(TOLD), READ)
        self.said_near = nn.Linear(3 * READ, READ)
        self.said_far = nn.Linear(3 * READ, READ)
        self.sharpness = nn.Parameter(torch.tensor([SHARPNESS]))
        self.word = nn.Linear(len(SIGNALS) + len(OWN) + MEANING + READ + 1, HIDDEN)
        self.near = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1)
        self.far = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1)
        self.attention = nn.Linear(HIDDEN, 1)
        self.pair = nn.Linear(len(FEATURES), PAIR)
        self.joint = nn.Linear(3 * HIDDEN + PAIR, JOINT)
        self.last = nn.Linear(JOINT, 1)
        self.linear = nn.Linear(len(FEATURES), 1)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, batch: Batch) -> Tensor:
        """Return the log-odds of each candidate, shape (questions, candidates)."""
        questions, candidates, words = batch.signals.shape[:3]
        own = torch.cat([batch.own, self.meaning(batch.directions)], -1)
        rows = torch.cat([batch.signals, own[:, None].expand(-1, candidates, -1, -1)], -1)
        rows = rows.reshape(questions * candidates, words, -1)
        rows = torch.cat([rows, self._around(batch)], -1)
        here = batch.here[:, None].expand(-1, candidates, -1).reshape(len(rows), words, 1)
        hidden = self.drop(torch.relu(self.word(rows))) * here
        for layer in (self.near, self.far):
            moved = layer(self.drop(hidden).transpose(1, 2)).transpose(1, 2)
            hidden = hidden + torch.relu(moved) * here
        absent = (here - 1) * 1e4
        attention = torch.softmax(self.attention(hidden) + absent, 1)
        pooled = [
            (attention * hidden).sum(1),
            (hidden + absent).max(1)[0],
            hidden.sum(1) / here.sum(1).clamp(min=1),
        ]
        features = batch.features.reshape(len(rows), -1)
        joint = torch.cat([*pooled, torch.relu(self.pair(features))], -1)
        last = self.drop(torch.relu(self.joint(self.drop(joint))))
        odds: Tensor = self.last(last) + self.linear(features)
        return odds.reshape(questions, candidates)

    def _around(self, batch: Batch) -> Tensor:
        meaning = self.said_meaning(batch.said)
        hidden = self.drop(torch.relu(self.said_word(torch.cat([meaning, batch.told], -1))))
        beyond = torch.zeros(1, READ)
        for layer in (self.said_near, self.said_far):
            before = torch.cat([beyond, hidden[:-1]]) * batch.follows
            behind = torch.cat([hidden[1:], beyond]) * batch.leads
            hidden = hidden + torch.relu(layer(torch.cat([before, hidden, behind], -1)))
        hidden = torch.cat([hidden, beyond])[batch.places]
        absent = torch.where(batch.places == len(batch.said), -1e4, 0.0)
        shares = torch.softmax(batch.near * self.sharpness + absent[:, None], -1)
        met = (shares * batch.near).sum(-1, keepdim=True)
        return torch.cat([shares @ hidden, met], -1)


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples of several questions, filled up with zeros to the same size.

    The words of sentences are not filled up: `said` has their directions one behind the other, `told`
    what else is known of each, `follows` and `leads` whether one stands before and behind it. `places`
    tells where those of a sentence are, the number of all of them where there are none, and `near` how
    near they are to the words of the question.
    """

    directions: Tensor
    own: Tensor
    here: Tensor
    signals: Tensor
    features: Tensor
    there: Tensor
    right: Tensor
    said: Tensor
    told: Tensor
    follows: Tensor
    leads: Tensor
    places: Tensor
    near: Tensor


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and deviation of each feature."""

    mean: Floats
    deviation: Floats

    def of(self, features: Floats) -> Floats:
        """Bring features to mean 0 and deviation 1, outliers cut off."""
        scaled = (features - self.mean) / self.deviation
        found: Floats = np.clip(scaled, -MOST_DEVIATIONS, MOST_DEVIATIONS)
        return found


def _scale(samples: Sequence[Example]) -> Scale:
    rows = np.concatenate([sample.pair.features for sample in samples])
    return Scale(rows.mean(0), rows.std(0) + np.float32(1e-3))


def _batch(samples: Sequence[Example], scale: Scale) -> Batch:
    count, most = len(samples), max(len(s.right) for s in samples)
    words = max(len(s.pair.words.texts) for s in samples)
    directions = np.zeros((count, words, DIRECTIONS), np.float32)
    own = np.zeros((count, words, len(OWN)), np.float32)
    here = np.zeros((count, words), np.float32)
    signals = np.zeros((count, most, words, len(SIGNALS)), np.float32)
    features = np.zeros((count, most, len(FEATURES)), np.float32)
    there, right = np.zeros((count, most), bool), np.zeros((count, most), bool)
    for row, sample in enumerate(samples):
        width, height = len(sample.pair.words.texts), len(sample.right)
        directions[row, :width] = sample.pair.words.directions
        own[row, :width] = sample.pair.words.own
        here[row, :width] = 1
        signals[row, :height, :width] = sample.pair.signals
        features[row, :height] = scale.of(sample.pair.features)
        there[row, :height] = True
        right[row, :height] = sample.right
    arrays = (directions, own, here, signals, features, there, right)
    return Batch(*map(torch.from_numpy, (*arrays, *_read(samples, most, words))))


def _read(samples: Sequence[Example], most: int, words: int) -> Iterator[NDArray[np.generic]]:
    """Yield what a batch holds of the words of sentences, in the order of its fields."""
    salience = load_salience()
    longest = max(int(sample.pair.reading.counts.max()) for sample in samples)
    total = sum(len(sample.pair.reading.numbers) for sample in samples)
    said = np.zeros((total, DIRECTIONS), np.float32)
    told = np.zeros((total, len(TOLD)), np.float32)
    follows, leads = np.ones((total, 1), np.float32), np.ones((total, 1), np.float32)
    places = np.full((len(samples), most, longest), total)
    near = np.zeros((len(samples), most, words, longest), np.float32)
    start = 0
    for row, sample in enumerate(samples):
        reading = sample.pair.reading
        vectors = salience.vectors(reading.numbers)
        own = slice(start, start + len(vectors))
        seen = said_of(sample.pair.words.directions, reading, vectors)
        said[own], told[own] = seen.directions, seen.told
        for place, (end, count) in enumerate(zip(reading.ends, reading.counts, strict=True)):
            follows[start + end - count] = leads[start + end - 1] = 0
            places[row, place, :count] = np.arange(start + end - count, start + end)
            near[row, place, : len(seen.near), :count] = seen.near[:, end - count : end]
        start += len(vectors)
    count = len(samples) * most
    yield from (said, told, follows, leads)
    yield places.reshape(count, longest)
    yield near.reshape(count, words, longest)


def _loss(odds: Tensor, batch: Batch) -> Tensor:
    nothing = torch.zeros(len(odds), 1)
    shares = torch.log_softmax(torch.cat([nothing, odds.masked_fill(~batch.there, -1e4)], 1), 1)
    right = torch.cat([~batch.right.any(1, keepdim=True), batch.right], 1)
    return -torch.logsumexp(shares.masked_fill(~right, -1e4), 1).mean()


def _batches(
    samples: Sequence[Example], epochs: int, random: np.random.Generator
) -> Iterator[list[Example]]:
    """Yield batches in random order, questions of about the same length together.

    Filled up to the longest of a batch, a story among short questions costs as much as all of them.
    """
    lengths = np.array([len(sample.pair.words.texts) for sample in samples])
    for _ in range(epochs):
        order = random.permutation(len(samples))
        batches: list[NDArray[np.int64]] = []
        for start in range(0, len(order), BATCH * SORTED):
            part = order[start : start + BATCH * SORTED]
            part = part[np.argsort(lengths[part], kind="stable")]
            batches.extend(part[at : at + BATCH] for at in range(0, len(part), BATCH))
        for place in random.permutation(len(batches)):
            yield [samples[row] for row in batches[place]]


def fit_network(
    samples: Sequence[Example],
    progress: Callable[[int, int], None] = lambda done, total: None,
    epochs: int = EPOCHS,
    seed: int = 0,
) -> Network:
    """Fit from a seed; the same examples give the same weights on the same machine."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    scale, model = _scale(samples), TorchNetwork()
    steps = epochs * -(-len(samples) // BATCH)
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, RATE, total_steps=steps, pct_start=0.1
    )
    for step, chosen in enumerate(_batches(samples, epochs, random), 1):
        batch = _batch(chosen, scale)
        loss = _loss(model(batch), batch)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        progress(step, steps)
    weights = {name: w.detach().numpy().copy() for name, w in model.named_parameters()}
    return Network(weights | {"mean": scale.mean, "deviation": scale.deviation})


def fit_ensemble(
    samples: Sequence[Example],
    progress: Callable[[int, int], None] = lambda done, total: None,
    epochs: int = EPOCHS,
) -> Ensemble:
    """Fit networks from several seeds; `progress` is told of each of them."""
    return Ensemble(tuple(fit_network(samples, progress, epochs, seed) for seed in range(MEMBERS)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a network makes of an example: is its choice right, and how sure is it, 0-1.

    As in the assistant, a candidate about as sure that states a value of the kind wanted goes first, and
    a choice that states none is not sure at all: it is refused whatever the threshold.
    """

    answerable: bool
    right: bool
    sure: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How a network does on examples it has not seen.

    `first` is the share of answerable questions whose best candidate is right, `parted` the
    probability that such a one is surer than the best candidate of an unanswerable question (area
    under the ROC curve), `answered` the share of the unanswerable that stay above the threshold at
    which a tenth of the rightly answered would be refused. NaN where there is nothing to compare.
    """

    first: float
    parted: float
    answered: float
    count: int


def odds_of(network: Network | Ensemble, pair: Pair) -> Floats:
    """Return the log-odds that each piece of evidence answers."""
    vectors = load_salience().vectors(pair.reading.numbers)
    return network.log_odds(pair, said_of(pair.words.directions, pair.reading, vectors))


def outcomes(network: Network | Ensemble, samples: Sequence[Example]) -> list[Outcome]:
    """Let a network or several choose."""
    found = []
    for s in samples:
        odds = odds_of(network, s.pair)
        sure = 1 / (1 + np.exp(-odds.astype(np.float64)))
        stated = s.pair.features[:, STATES_VALUE] > 0
        near = stated & (sure >= INSTEAD * sure.max())
        choice = int(np.where(near, sure, -1.0).argmax()) if near.any() else int(sure.argmax())
        answers = bool(s.right.any())
        found.append(Outcome(answers, bool(s.right[choice]), float(sure[choice] * stated[choice])))
    return found


def figures(found: Sequence[Outcome]) -> Figures:
    """Measure what a network chose."""
    kept = np.array([o.sure for o in found if o.right])
    other = np.array([o.sure for o in found if not o.answerable])
    parted = answered = math.nan
    if len(kept) and len(other):
        parted = float((kept[:, None] > other[None]).mean())
        answered = float((other >= np.quantile(kept, 0.1)).mean())
    first = [o.right for o in found if o.answerable]
    return Figures(sum(first) / len(first) if first else math.nan, parted, answered, len(found))


def held_out(
    samples: Sequence[Example],
    tested: Sequence[str],
    folds: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[tuple[Sequence[str], Ensemble]]:
    """Yield fields, with networks that have seen nothing of them, until all of `tested` were left out."""
    for fold in range(folds):
        fields = tested[fold::folds]
        yield fields, fit_ensemble([s for s in samples if s.field not in fields], progress)


def write_ensemble(ensemble: Ensemble, path: Path) -> None:
    """Write the weights in 16-bit floats where the assistant reads them."""
    named = {
        f"{place}.{name}": weight.astype(np.float16)
        for place, member in enumerate(ensemble.members)
        for name, weight in member.weights.items()
    }
    save_file(named, path)
