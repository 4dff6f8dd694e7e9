"""Training the built-in embedding: a table of sub-word vectors, averaged over a text.

A static embedding answers in microseconds and loads without torch. Trained with in-batch
negatives (Henderson et al., arXiv:1705.00652), as sentence-transformers trains its own.
"""

import argparse
import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from tokenizers import Tokenizer
from torch import Tensor, nn

from index.training.batches import BatchSampler, Features, SourceBags
from index.training.config import SOURCES, TrainingConfig
from index.training.initial import Floats, initial_vectors, rarity_weights
from index.training.pairs import Pair, read_pairs
from index.training.saving import save_model
from index.training.vocabulary import bags, build_tokenizer, token_counts

LOG_EVERY = 50

logger = logging.getLogger(__name__)


class WeightedBag(nn.Module):
    """A static embedding whose token weights stay fixed while the directions are learned."""

    def __init__(self, vectors: Floats, weights: Floats) -> None:
        """Start from the vectors; row i counts with weight i."""
        super().__init__()
        self.vectors = nn.Parameter(torch.from_numpy(vectors))
        self.weights = torch.from_numpy(weights)[:, None]

    def table(self) -> Tensor:
        """Return the vectors with their weights folded in."""
        return self.vectors * self.weights

    def forward(self, inputs: Features) -> Features:
        """Return the mean vector of each text."""
        mean = nn.functional.embedding_bag(
            inputs["input_ids"], self.table(), inputs["offsets"], mode="mean"
        )
        return {"sentence_embedding": mean}


def source_bags(pairs: Sequence[Pair], tokenizer: Tokenizer) -> SourceBags:
    """Return the pairs of one source as bags of tokens."""
    numbers: dict[str, int] = {}
    group = [numbers.setdefault(question, len(numbers)) for question, _ in pairs]
    return SourceBags(
        bags(tokenizer, [question for question, _ in pairs]),
        bags(tokenizer, [passage for _, passage in pairs]),
        np.array(group, dtype=np.int64),
    )


def learning_rate(step: int, config: TrainingConfig) -> float:
    """Return the rate of a step: linear warm-up, then linear decay."""
    rise = min(1.0, (step + 1) / config.warmup_steps)
    return config.learning_rate * rise * max(0.02, 1.0 - step / config.steps)


def fit(bag: WeightedBag, sampler: BatchSampler, config: TrainingConfig) -> None:
    """Teach the bag to put each question nearest to its own passage, and the reverse."""
    loss = MultipleNegativesRankingLoss(
        cast(SentenceTransformer, bag),
        scale=config.scale,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
    )
    optimizer = torch.optim.Adam(bag.parameters(), betas=(0.9, 0.99))
    for step in range(config.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, config)
        questions, passages = sampler.draw()
        optimizer.zero_grad()
        value: Tensor = loss([questions, passages], torch.empty(0))
        torch.autograd.backward(value)
        optimizer.step()
        if step % LOG_EVERY == 0 or step == config.steps - 1:
            logger.info("step %d of %d: loss %.3f", step, config.steps, value.item())


def train(pairs: Mapping[str, Sequence[Pair]], config: TrainingConfig) -> tuple[Tokenizer, Floats]:
    """Return the tokenizer and the token vectors learned from the pairs."""
    torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)
    torch.use_deterministic_algorithms(True)
    generator = np.random.default_rng(config.seed)
    tokenizer = build_tokenizer(pairs, config)
    size = tokenizer.get_vocab_size()
    logger.info("vocabulary of %d tokens", size)
    held = {source.name: source_bags(pairs[source.name], tokenizer) for source in SOURCES}
    texts = [side for source in held.values() for side in (source.questions, source.passages)]
    weights = rarity_weights(token_counts(texts, size), config.rarity)
    bag = WeightedBag(initial_vectors(texts, size, config, generator), weights)
    logger.info("initial vectors are there")
    fit(bag, BatchSampler(held, config, generator), config)
    vectors: Floats = bag.table().detach().numpy()
    return tokenizer, vectors


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and save the model; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of *_pairs.jsonl.xz")
    parser.add_argument("--lexicon", type=Path, required=True, help="word list, a concept a line")
    parser.add_argument("--out", type=Path, required=True, help="folder the model is written to")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    started = time.monotonic()
    config = TrainingConfig(seed=options.seed)
    tokenizer, vectors = train(read_pairs(options.data, options.lexicon), config)
    save_model(tokenizer, vectors, config, options.out)
    logger.info("trained and saved in %.0f s", time.monotonic() - started)
    return 0
