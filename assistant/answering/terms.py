"""Pure: what a question is about, as weighted terms, and how far texts cover them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.understanding.lexicon import Lexicon

_WORDS = re.compile(r"[\u3400-\u9fff〇]+|[a-z0-9]+(?:[.+:%/-][a-z0-9]+)*%?")


@dataclass(frozen=True, slots=True)
class Term:
    """Something the question is about: `said` or any of `words` covers it; rarer weighs more.

    Of a phrase that stands nowhere as a whole, its `parts` may.
    """

    said: str
    words: frozenset[str]
    weight: float
    known: bool
    parts: tuple[Term, ...] = ()


def terms_of(
    focus: str,
    lexicon: Lexicon,
    frequency: Callable[[str], int],
    size: int,
    skip: Sequence[str] = (),
) -> tuple[Term, ...]:
    """Take the focus of a question apart into weighted terms.

    Words of the lexicon are concepts; the rest becomes bigrams and whole tokens. `frequency`
    tells in how many of `size` clauses a token stands; `skip` are words that only route.
    """
    for word in skip:
        focus = focus.replace(word, " ")
    focus = _YEARS.sub(" ", focus)
    found: dict[str, Term] = {}
    for run in _WORDS.findall(focus):
        for word in _pieces(run, lexicon):
            if word not in found:
                found[word] = _term(word, lexicon, frequency, size)
    return tuple(found.values())


def spoken_terms(
    text: str, lexicon: Lexicon, frequency: Callable[[str], int], size: int
) -> tuple[Term, ...]:
    """Find phrases of the lexicon that hold ask words (带几个学生), which a focus has lost."""
    found: dict[str, Term] = {}
    position = 0
    while position < len(text):
        word = lexicon.match(text, position)
        if len(word) > 3 and _ASKING.search(word):
            found[word] = _term(word, lexicon, frequency, size)
        position += max(len(word), 1)
    return tuple(found.values())


_ASKING = re.compile(r"几|多少|谁|哪|什么|啥")


_YEARS = re.compile(r"(?:19|20)\d\d年?底?|(?<!\d)(?:1[5-9]|2\d|3[0-5])年底?|年底|到(?=\s)")


def weaker(terms: Sequence[Term], factor: float) -> tuple[Term, ...]:
    """Return the terms with their weight multiplied: what is only carried over counts less."""
    return tuple(replace(term, weight=term.weight * factor) for term in terms)


def _pieces(run: str, lexicon: Lexicon) -> Iterator[str]:
    if run[0] < "\u3400" and run[0] != "〇":
        yield run
        return
    position = plain = 0
    while position < len(run):
        word = lexicon.match(run, position)
        if len(word) < 2:
            yield from [word] if word else []
            position += 1
            continue
        yield from _bigrams(run[plain:position])
        yield word
        position += len(word)
        plain = position
    yield from _bigrams(run[plain:])


def _bigrams(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    yield from (run[i : i + 2] for i in range(len(run) - 1))


def _term(word: str, lexicon: Lexicon, frequency: Callable[[str], int], size: int) -> Term:
    words = lexicon.alternatives(word)
    if len(word) == 2 and word[0] == "一" and word[1] in MEASURES:
        words |= {f"每{word[1]}"}
    counts = {w: word_count(w, frequency) for w in words}
    count = max(counts.values(), default=0)
    words = frozenset(w for w, held in counts.items() if held or w == word)
    rarity = idf(count, size) / idf(0, size)
    scale = 0.35 if len(word) == 1 else 1.0
    if count == 0:
        scale *= 0.6
    parts = _parts(word, lexicon, frequency, size) if len(word) > 2 and len(words) > 1 else ()
    return Term(word, words, max(rarity, 0.05) * scale, count > 0, parts)


def _parts(
    phrase: str, lexicon: Lexicon, frequency: Callable[[str], int], size: int
) -> tuple[Term, ...]:
    shorter = replace(lexicon, longest=len(phrase) - 1)
    pieces = [piece for piece in dict.fromkeys(_pieces(phrase, shorter)) if piece != phrase]
    return tuple(_term(piece, shorter, frequency, size) for piece in pieces)


def idf(count: int, size: int) -> float:
    """Return the inverse document frequency of BM25, for a token in `count` of `size` texts."""
    return math.log(1 + (size - count + 0.5) / (count + 0.5))


def word_count(word: str, frequency: Callable[[str], int]) -> int:
    """Bound the number of clauses a word stands in by its rarest bigram."""
    if len(word) <= 2 or word[0] < "\u3400":
        return frequency(word)
    return min(frequency(word[i : i + 2]) for i in range(len(word) - 1))


SYNONYM = 0.75
PARTIAL = 0.6
PHRASE = 0.75
MEASURES = frozenset("台个人名所家户年月天次门项条块位份套件张亩辆间座栋户")


class Coverage:
    """How far texts cover the terms of one question. Texts are in search form.

    What a text covers is worked out once: the sentences of a clause share their surroundings.
    """

    def __init__(self, terms: Sequence[Term], total: float | None = None) -> None:
        """Hold the terms of a question; `total` is their weight with that of terms left out."""
        self.terms = tuple(terms)
        self._total = sum(term.weight for term in self.terms) if total is None else total
        self._held: dict[str, tuple[float, ...]] = {}
        self._weights: dict[str, tuple[float, ...]] = {}

    def held(self, text: str) -> tuple[float, ...]:
        """Return for each term how far it stands in `text`: 1 as it was said, less otherwise."""
        found = self._held.get(text)
        if found is None:
            found = self._held[text] = tuple(_held(term, text) for term in self.terms)
        return found

    def among(self, texts: Sequence[str]) -> Coverage:
        """Return the same for texts that are parts of `texts`: words that stand in none are left out."""
        whole = "\n".join(texts)
        return Coverage([_standing(term, whole) for term in self.terms])

    def within(self, *texts: str) -> Coverage:
        """Return the same for parts of `texts`: terms that stand in none of them are left out."""
        met = zip(self.terms, *map(self.held, texts), strict=True)
        return Coverage([term for term, *shares in met if any(shares)], self._total)

    def of(self, *texts: str) -> float:
        """Return the share of the terms' weight that stands in any of `texts`, 0-1."""
        return self.weight(*texts) / self._total if self._total else 0.0

    def weight(self, *texts: str) -> float:
        """Return the weight of the terms that stand in any of `texts`."""
        weighed = [self._weighed(text) for text in texts]
        return sum(weighed[0]) if len(weighed) == 1 else sum(map(max, *weighed))

    def _weighed(self, text: str) -> tuple[float, ...]:
        found = self._weights.get(text)
        if found is None:
            pairs = zip(self.terms, self.held(text), strict=True)
            found = self._weights[text] = tuple(term.weight * share for term, share in pairs)
        return found

    @property
    def total(self) -> float:
        """The weight of all terms."""
        return self._total


def _standing(term: Term, text: str) -> Term:
    words = frozenset(word for word in term.words if word in text or word == term.said)
    return replace(term, words=words, parts=tuple(_standing(part, text) for part in term.parts))


def _held(term: Term, text: str) -> float:
    if term.said in text:
        return 1.0
    if len(term.words) > 1 and any(map(text.__contains__, term.words)):
        return SYNONYM
    if len(term.said) < 3:
        return 0.0
    if term.parts:
        total = sum(part.weight for part in term.parts)
        return PHRASE * sum(part.weight * _held(part, text) for part in term.parts) / total
    pairs = [term.said[i : i + 2] for i in range(len(term.said) - 1)]
    return PARTIAL * sum(map(text.__contains__, pairs)) / len(pairs)


def coverage(terms: Sequence[Term], *texts: str) -> float:
    """Return the share of the terms' weight that stands in any of `texts` (search form), 0-1."""
    return Coverage(terms).of(*texts)
