"""What the built-in embedding is trained on, and with which settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One file of (question, passage) pairs.

    `share` is its part of every batch: the small sets of real questions count for more than
    their size beside the large sets made from headings and sentences. `vocabulary_weight` is how
    often its text is counted when sub-words are chosen, so that everyday words get some too.
    """

    name: str
    share: float
    vocabulary_weight: int
    what: str
    origin: str
    licence: str


SOURCES: tuple[Source, ...] = (
    Source(
        "laws_heading",
        0.14,
        1,
        "name of the law and its chapter headings → article",
        "LawRefBook/Laws",
        "official legal texts, not under copyright",
    ),
    Source(
        "laws_ict",
        0.17,
        1,
        "one sentence of an article → name of the law and the rest (inverse cloze)",
        "LawRefBook/Laws",
        "official legal texts, not under copyright",
    ),
    Source(
        "cow_synonym",
        0.08,
        1,
        "word → synonym",
        "Chinese Open Wordnet (omwn/omw-data)",
        "WordNet-style (compling.hss.ntu.edu.sg/cow/LICENSE)",
    ),
    Source(
        "drcd_dev",
        0.07,
        3,
        "question → passage, in simplified characters",
        "DRCD dev (DRCKnowledgeTeam/DRCD)",
        "CC BY-SA 3.0",
    ),
    Source(
        "cmrc2018_trial",
        0.04,
        3,
        "question → passage",
        "CMRC 2018 trial (ymcui/cmrc2018)",
        "CC BY-SA 4.0",
    ),
    Source(
        "stard_train",
        0.18,
        3,
        "everyday legal question → statute, lawyer's answer",
        "STARD train, LeCoQA (oneal2000/STARD)",
        "MIT",
    ),
    Source(
        "lexicon",
        0.20,
        2,
        "everyday or official word → word for the same",
        "this project's lexicon",
        "Apache-2.0",
    ),
    Source(
        "kin",
        0.12,
        1,
        "word of a question → words that official texts use instead",
        "this project's lexicon",
        "Apache-2.0",
    ),
)


@dataclass(frozen=True)
class TrainingConfig:
    """Settings of one training run; the defaults are those of the model that is shipped.

    `semantic_share` of the dimensions start from co-occurrence (words used alike start alike),
    the rest from random directions (every word stays apart from all others); `semantic_weight`
    is the part of the first cosine that the former decide. `rarity` is the constant a of
    a / (a + p(token)).
    """

    vocabulary_size: int = 20_000
    longest_piece: int = 4
    dimension: int = 256
    semantic_share: float = 0.5
    semantic_weight: float = 0.4
    window: int = 4
    rarity: float = 1e-3
    steps: int = 900
    batch_size: int = 1024
    learning_rate: float = 3e-3
    warmup_steps: int = 50
    scale: float = 12.0
    token_dropout: float = 0.2
    passage_tokens: int = 128
    threads: int = 2
    seed: int = 0
