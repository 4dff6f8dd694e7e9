"""The model card: what the model is made of, and what it was measured to do."""

from dataclasses import asdict
from pathlib import Path

from index.training.config import SOURCES, TrainingConfig

FIGURES_START = "<!-- figures -->"
FIGURES_END = "<!-- end of figures -->"

CARD = """---
language: zh
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [sentence-transformers, static-embedding, model2vec]
---
# TiaoWen's built-in embedding

A static embedding for Chinese regulations and everyday questions about them: {size:,} sub-words,
{dimension} dimensions in 16-bit floats. A text is the mean of the vectors of its sub-words. It
needs no network, no GPU and no torch.

```python
from model2vec import StaticModel

model = StaticModel.from_pretrained("index/model")
model.encode(["孩子上学有补贴吗？"]).astype("float32")  # length one
```

`SentenceTransformer("index/model")` gives the same directions, not scaled to length one: scale them
after `.astype("float32")`, since in 16 bits an empty text would become NaN. A text without a known
sub-word is a row of zeros.

It stands beside a lexical index: it knows words used alike, not word order, negation or figures, and
it was not trained on traditional characters. Weigh it against BM25; do not replace BM25 by it.

## Method
- Vocabulary: byte-pair encoding (Sennrich et al., ACL 2016) on the training text, NFKC and lower
  case, pieces of at most {longest} characters, punctuation dropped.
- Start: part of the dimensions by truncated SVD of positive pointwise mutual information (Levy,
  Goldberg and Dagan, TACL 2015), the rest random; token weights by smooth inverse frequency
  (Arora et al., ICLR 2017), folded into the vectors.
- Training: in-batch negatives in both directions (Henderson et al., arXiv:1705.00652), every batch
  drawn from all sources in the shares below, Adam, random tokens left out.
- Settings: {settings}

## Training data
| pairs | what | from | licence | share of a batch |
|---|---|---|---|---|
{sources}

The vectors were learned from these texts and hold none of them. The statutes of the STARD test
collection are public law, so their text is also among the unlabelled articles of the two law
sources; its test questions and judgements are not. Passages of CMRC 2018 trial and DRCD dev come
from Wikipedia, as the test passages do. Chinese Open Wordnet: Wang and Bond, "Building the Chinese
Open Wordnet (COW): Starting from Core Synsets", 2013.

## Made and measured with
```
python -m index.training --data TRAIN_DIR --out index/model \\
    --lexicon assistant/understanding/lexicon.txt
python -m index.training.measure --data BENCH_DIR --model index/model --card
```

Most settings were chosen among about twenty runs on these same two development sets, which
flatters them a little (the shares of the word lists were set once); on the 308 queries of STARD dev a few points apart is within chance.

{start}
{figures}
{end}
"""


def model_card(config: TrainingConfig) -> str:
    """Return the card of a model that has not been measured yet."""
    rows = (
        f"| {one.name} | {one.what} | {one.origin} | {one.licence} | {one.share:.0%} |"
        for one in SOURCES
    )
    return CARD.format(
        size=config.vocabulary_size,
        dimension=config.dimension,
        longest=config.longest_piece,
        settings=", ".join(f"{name} {value}" for name, value in asdict(config).items()),
        sources="\n".join(rows),
        start=FIGURES_START,
        figures="Not measured yet.",
        end=FIGURES_END,
    )


def write_figures(folder: Path, figures: str) -> None:
    """Put the figures in place of those the card in the folder holds."""
    path = folder / "README.md"
    before, rest = path.read_text(encoding="utf-8").split(FIGURES_START)
    _, after = rest.split(FIGURES_END)
    text = f"{before}{FIGURES_START}\n{figures.strip()}\n{FIGURES_END}{after}"
    path.write_text(text, encoding="utf-8")
