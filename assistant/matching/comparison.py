"""Pure: what tells which of some sentences holds the answer, by features with a meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.terms import idf
from assistant.matching.kinds import kinds_of, shows

_CHARACTERS = re.compile(r"[\u3400-\u9fff〇]+|[a-z0-9]+(?:[.+:%/-][a-z0-9]+)*%?")
_ASKS = re.compile(
    r"为什么|为何|因何|什么时候|何时|哪些|哪[一二三四五六七八九十两几]?[个位家所座部本种类项次场支条只款名届门块片处张级层方批段岁]?|"
    r"什么样的?|什么|怎么样?|怎样|如何|谁|何[人地处种者物]?|多少|多[长大高久远重深宽快]|几|是不是|是否|能否|吗|啥"
)
_COPULA = re.compile(
    r"(?:大?约|大概|主要|分别|一共|总共|共)?(?:是|为|有|在|于|由|被|叫|到|到底|会|能|因|约)*(?:大?约)?$"
)
_REFERS = re.compile(r"他|她|它|其|该|此|这|本|双方|并|而|后来|之后|随后|但|同时|另外|也")
_FUNCTION = frozenset("的了是在和与有为之以其于也被及而到中个这那上下等对从由")
_CHARACTER = 0.35

FEATURES = (
    "hit", "gap", "first", "total", "fits", "kind", "kind_near", "kind_before",
    "characters", "behind_best", "pairs", "density", "fresh", "fresh_behind", "own",
    "before", "after", "rest", "with_before", "after_density", "clause_characters", "clause_pairs",
    "opening", "right", "right_run", "left_run", "left_near", "attribute", "attribute_first",
    "numbers", "refers",
)  # fmt: skip


class Asked:
    """A question as it is compared: tokens with their rarity, and what surrounds the ask.

    A set of tokens is an integer, one bit a token; texts are in search form.
    """

    def __init__(
        self, text: str, frequency: Callable[[str], int], size: int, skip: Sequence[str] = ()
    ) -> None:
        """Take a question apart. `frequency` tells in how many of `size` clauses a token stands.

        `skip` are words that only say which document is meant.
        """
        for word in skip:
            text = text.replace(word, " ")
        plain = _ASKS.sub(" ", text)
        singles = [t for t in _tokens(plain) if len(t) == 1 and t not in _FUNCTION]
        self._tokens = [*singles, *(t for t in _tokens(plain) if len(t) > 1)]
        self._weights = [idf(frequency(token), size) for token in self._tokens]
        self._masks: dict[str, int] = {}
        self._sums: dict[int, float] = {}
        self.singles = (1 << len(singles)) - 1
        self.all = (1 << len(self._tokens)) - 1
        self.pairs = self.all ^ self.singles
        self.text = text
        self.numbers = re.findall(r"\d+(?:\.\d+)?", text)
        self.kinds = kinds_of(text)
        ask = _ASKS.search(text)
        start, end = ask.span() if ask else (len(text), len(text))
        self.left = _bare(text[:start])[-8:]
        self.right = _bare(text[end:])[:8]
        self.attribute = _attribute(text[:start], text[end:])
        self.attribute_mask = self.mask(self.attribute)
        self.right_mask = self.mask(self.right[:5])
        self.left_pair = _COPULA.sub("", self.left[-30:])[-2:]

    def mask(self, text: str) -> int:
        """Return which tokens stand in `text`."""
        found = self._masks.get(text)
        if found is None:
            found = sum(1 << place for place, token in enumerate(self._tokens) if token in text)
            self._masks[text] = found
        return found

    def weight(self, mask: int) -> float:
        """Return the weight of a set of tokens."""
        found = self._sums.get(mask)
        if found is None:
            found = sum(self._weights[place] for place in _bits(mask))
            self._sums[mask] = found
        return found

    def share(self, mask: int, of: int, empty: float = 0.0) -> float:
        """Return the share of the weight of `of` that `mask` holds; `empty` when it has none."""
        whole = self.weight(of)
        return self.weight(mask & of) / whole if whole else empty

    def density(self, mask: int, length: int) -> float:
        """Return how much of the question a text covers, longer texts a little less."""
        covered = self.share(mask, self.pairs) + _CHARACTER * self.share(mask, self.singles)
        return covered / (0.9 + length / 500)

    def uniqueness(self, mask: int, siblings: Sequence[int]) -> float:
        """Return the share of pairs in `mask`, each divided among the siblings that hold it."""
        whole = self.weight(self.pairs)
        own = sum(
            self._weights[place] / max(1, sum(sibling >> place & 1 for sibling in siblings))
            for place in _bits(mask & self.pairs)
        )
        return own / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrieved clause: its sentences in order, all of it with what it stands under, its hit.

    `score` is that of the hit as a share of the best one, `gap` the distance to the best other.
    """

    sentences: tuple[str, ...]
    whole: str
    score: float
    gap: float
    is_first: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence to rank, at its place among those of its passage.

    `total` is the coverage of the question's terms by the passage, `fits` whether a value of the
    asked kind is there.
    """

    text: str
    place: int
    passage: Passage
    total: float
    fits: bool


def features_of(asked: Asked, candidates: Sequence[Candidate]) -> list[tuple[float, ...]]:
    """Measure candidates for one question, in the order of `FEATURES`."""
    masks = [asked.mask(candidate.text) for candidate in candidates]
    most = max((asked.share(mask, asked.singles) for mask in masks), default=0.0)
    openings = [asked.mask(candidate.passage.sentences[0]) for candidate in candidates]
    fresh = [
        asked.share(mask, asked.pairs & ~opening, 0.5)
        for mask, opening in zip(masks, openings, strict=True)
    ]
    freshest = max(fresh, default=0.0)
    rows = []
    for candidate, mask, new in zip(candidates, masks, fresh, strict=True):
        characters = asked.share(mask, asked.singles)
        rows.append(
            (
                *_standing(candidate),
                *_kinds(asked, candidate),
                characters,
                characters - most,
                *_own(asked, candidate, mask),
                new,
                new - freshest,
                asked.uniqueness(mask, [asked.mask(s) for s in candidate.passage.sentences]),
                *_around(asked, candidate, mask),
                *_asking(asked, candidate, mask),
            )
        )
    return rows


def _standing(candidate: Candidate) -> tuple[float, ...]:
    passage = candidate.passage
    return (
        passage.score,
        passage.gap,
        float(passage.is_first),
        candidate.total,
        float(candidate.fits),
    )


def _kinds(asked: Asked, candidate: Candidate) -> tuple[float, ...]:
    """Tell whether something of the asked kind stands there, near the match, or just before."""
    if not asked.kinds:
        return 0.5, 0.5, 0.5
    before = _sibling(candidate, -1)
    near = "".join(
        c if c not in asked.text or c.isdigit() else "_" for c in _near(asked, candidate)
    )
    return shows(asked.kinds, candidate.text), shows(asked.kinds, near), shows(asked.kinds, before)


def _near(asked: Asked, candidate: Candidate) -> str:
    """Return the part between commas that meets the question best, with its neighbours."""
    parts = [part for part in re.split(r"[,:]", candidate.text) if part]
    if not parts:
        return ""
    met = [asked.density(asked.mask(part), 50) for part in parts]
    best = met.index(max(met))
    return ",".join(parts[max(0, best - 1) : best + 2])


def _own(asked: Asked, candidate: Candidate, mask: int) -> tuple[float, ...]:
    pairs = asked.share(mask, asked.pairs)
    return pairs, pairs * 50 / (len(candidate.text) + 20)


def _around(asked: Asked, candidate: Candidate, mask: int) -> tuple[float, ...]:
    """Measure what the neighbours, the opening and the whole passage add to a sentence."""
    before, after = _sibling(candidate, -1), _sibling(candidate, 1)
    around = asked.mask(candidate.passage.whole)
    pairs = asked.pairs
    return (
        asked.share(asked.mask(before) & ~mask, pairs),
        asked.share(asked.mask(after) & ~mask, pairs),
        asked.share(around & ~mask, pairs),
        asked.share(mask | asked.mask(before), pairs),
        asked.density(asked.mask(after), len(after)),
        asked.share(around, asked.singles),
        asked.share(around, pairs),
        asked.share(asked.mask(candidate.passage.sentences[0]), pairs),
    )


def _asking(asked: Asked, candidate: Candidate, mask: int) -> tuple[float, ...]:
    """Measure whether the words around the ask stand in a sentence, as they do around an answer."""
    text, numbers = candidate.text, asked.numbers
    return (
        asked.share(mask, asked.right_mask, 0.5),
        _prefix(asked.right, text) / 8,
        _suffix(asked.left, text) / 8,
        float(bool(asked.left_pair) and asked.left_pair in text),
        asked.share(mask, asked.attribute_mask, 0.5),
        float(bool(asked.attribute) and text.startswith(asked.attribute)),
        sum(number in text for number in numbers) / len(numbers) if numbers else 0.5,
        float(bool(_REFERS.match(text))),
    )


def _sibling(candidate: Candidate, step: int) -> str:
    place = candidate.place + step
    sentences = candidate.passage.sentences
    return sentences[place] if 0 <= place < len(sentences) else ""


def _tokens(text: str) -> list[str]:
    """Return characters and pairs of Chinese, whole tokens of the rest, each once."""
    found: dict[str, None] = {}
    for run in _CHARACTERS.findall(text):
        if run[0] < "\u3400" and run[0] != "〇":
            found[run] = None
            continue
        found |= dict.fromkeys(run)
        found |= dict.fromkeys(run[i : i + 2] for i in range(len(run) - 1))
    return list(found)


def _bits(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


def _bare(text: str) -> str:
    return re.sub(r"[^\u3400-\u9fffa-z0-9]", "", text)


def _attribute(left: str, right: str) -> str:
    """Return what is asked of the subject: 花期 in X的花期约是多久, 战术 in X擅长什么战术."""
    last = re.split(r"的|[^\u3400-\u9fffa-z0-9]+", left.rstrip("“”\"'《》「」 "))[-1]
    last = _COPULA.sub("", last[-30:])[-6:]
    return last or re.split(r"的|[^\u3400-\u9fffa-z0-9]", right)[0][:4]


def _prefix(words: str, text: str) -> int:
    """Return how many of the first characters of `words` stand together in `text`."""
    return next((n for n in range(len(words), 0, -1) if words[:n] in text), 0)


def _suffix(words: str, text: str) -> int:
    return next((n for n in range(len(words), 0, -1) if words[-n:] in text), 0)
