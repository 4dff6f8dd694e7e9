"""Drawing training batches from several sources in fixed shares."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from index.training.config import SOURCES, TrainingConfig
from index.training.vocabulary import Bags, Ids

Features = dict[str, torch.Tensor]

UNDROPPED = ("cow_synonym", "lexicon", "kin")


@dataclass(frozen=True)
class SourceBags:
    """Questions and passages of one source; `group` numbers the different questions."""

    questions: Bags
    passages: Bags
    group: Ids

    def usable(self) -> Ids:
        """Return the indices of the pairs that have a known token on both sides."""
        lengths = np.minimum(np.diff(self.questions.starts), np.diff(self.passages.starts))
        return np.flatnonzero(lengths > 0)


class BatchSampler:
    """Draws batches; each source is gone through in a fresh random order, again and again.

    No question comes twice in a batch: its other passage would be taught as wrong.
    """

    def __init__(
        self,
        sources: Mapping[str, SourceBags],
        config: TrainingConfig,
        generator: np.random.Generator,
    ) -> None:
        """Hold the sources; nothing is drawn yet."""
        self._sources = sources
        self._config = config
        self._generator = generator
        self._usable = {name: source.usable() for name, source in sources.items()}
        self._waiting: dict[str, Ids] = {name: np.empty(0, np.int64) for name in sources}

    def draw(self) -> tuple[Features, Features]:
        """Return the features of one batch of questions and of their passages, in one order."""
        questions: list[Ids] = []
        passages: list[Ids] = []
        for source in SOURCES:
            count = round(self._config.batch_size * source.share)
            dropout = 0.0 if source.name in UNDROPPED else self._config.token_dropout
            held = self._sources[source.name]
            for index in self._take(source.name, count):
                questions.append(self._thin(held.questions.text(index), dropout))
                passages.append(self._thin(self._window(held.passages.text(index)), dropout))
        return features(questions), features(passages)

    def _take(self, name: str, count: int) -> Ids:
        """Return the next pairs of a source, one a question."""
        if len(self._waiting[name]) < count:
            shuffled = self._generator.permutation(self._usable[name])
            self._waiting[name] = np.concatenate([self._waiting[name], shuffled])
        taken, self._waiting[name] = np.split(self._waiting[name], [count])
        _, first = np.unique(self._sources[name].group[taken], return_index=True)
        different: Ids = taken[np.sort(first)]
        return different

    def _window(self, ids: Ids) -> Ids:
        """Return a random stretch of a long passage."""
        longest = self._config.passage_tokens
        if len(ids) <= longest:
            return ids
        start = int(self._generator.integers(0, len(ids) - longest + 1))
        return ids[start : start + longest]

    def _thin(self, ids: Ids, dropout: float) -> Ids:
        """Return the ids with a random part left out, all of them if none would stay."""
        keep: npt.NDArray[np.bool_] = self._generator.random(len(ids)) >= dropout
        return ids[keep] if keep.any() else ids


def features(texts: list[Ids]) -> Features:
    """Return what StaticEmbedding takes: ids in one row, and where each text starts."""
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids in texts])[:-1]])
    return {
        "input_ids": torch.from_numpy(np.concatenate(texts)),
        "offsets": torch.from_numpy(starts.astype(np.int64)),
    }
