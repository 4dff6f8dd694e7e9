"""Choosing the sub-words, and turning text into bags of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from index.training.config import SOURCES, TrainingConfig
from index.training.pairs import Pair

UNKNOWN = "[UNK]"
UNKNOWN_ID = 0

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Bags:
    """Token ids of many texts, one after the other; text i is `ids[starts[i]:starts[i + 1]]`."""

    ids: Ids
    starts: Ids

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1

    def text(self, index: int) -> Ids:
        """Return the token ids of one text."""
        return self.ids[self.starts[index] : self.starts[index + 1]]


def build_tokenizer(pairs: Mapping[str, Sequence[Pair]], config: TrainingConfig) -> Tokenizer:
    """Return a byte-pair-encoding tokenizer fitted on the pairs (Sennrich et al., ACL 2016).

    Pieces are kept short: Chinese words are mostly of two characters, and 中等职业学校 is then
    three pieces that also occur elsewhere. Punctuation is dropped; digits and Latin letters never
    share a piece with Chinese characters.
    """
    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[\s\p{P}\p{S}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\d+|[a-z]+"), "isolated"),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=config.vocabulary_size,
        special_tokens=[UNKNOWN],
        max_token_length=config.longest_piece,
        show_progress=False,
    )
    tokenizer.train_from_iterator(_texts(pairs), trainer)
    return tokenizer


def _texts(pairs: Mapping[str, Sequence[Pair]]) -> Iterator[str]:
    """Yield each different text of a source as often as its vocabulary weight says."""
    for source in SOURCES:
        different = dict.fromkeys(text for pair in pairs[source.name] for text in pair)
        for text in different:
            for _ in range(source.vocabulary_weight):
                yield text


def bags(tokenizer: Tokenizer, texts: Sequence[str]) -> Bags:
    """Return the known tokens of the texts."""
    encodings = tokenizer.encode_batch(texts, add_special_tokens=False)
    known = [
        np.array([i for i in encoding.ids if i != UNKNOWN_ID], dtype=np.int64)
        for encoding in encodings
    ]
    starts = np.concatenate([[0], np.cumsum([len(ids) for ids in known])]).astype(np.int64)
    return Bags(np.concatenate(known), starts)


def token_counts(all_bags: Sequence[Bags], size: int) -> npt.NDArray[np.int64]:
    """Return how often each token occurs in the bags."""
    counts = np.zeros(size, dtype=np.int64)
    for one in all_bags:
        counts += np.bincount(one.ids, minlength=size)
    return counts
