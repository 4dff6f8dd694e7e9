"""Pure: an elliptical question to ones that stand alone, by carrying over what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.question import LEVELS, focus_of, levels
from assistant.understanding.routing import Router
from index.analyzer import normalise

_OPENING = re.compile(r"^(?:那么?|然后|还有|再问|另外|那请问|哦|嗯|好的?|同样|以及)[,，、\s]*")
_ANAPHORA = re.compile(
    r"(?:^|[,，])(?:那|它|他们|这|其|该|此)|那(?:边|里|个|条|份)|这(?:个|里|边|条|份|些)|上面|前面|刚才|刚刚|同样|"
    r"呢[?？]?$|还(?:有|要|能|给|可以)|又|其中|另外|除了"
)
_POINTS_BACK = re.compile(
    r"(?:这|那|该|此|上)(?:一|几|些)?(?:项|条|个|笔|块|件事|件|些|事儿?|活儿?)|它|他们|其|这(?:是|由|要|归|算|样)|"
    r"(?:前面|上面|刚才)(?:说|提)的"
)
_EMPTY = re.compile(
    r"再?往后|后来|接下来|之后|那|呢|么|的|话|情况|方面|一样|如果|换成|要是|改成|是|就|又|也|都|年|底|到|在|市|县|区|省|里|边|多少|情形|目标"
)
_YEAR = re.compile(r"(?:19|20)\d\d|(?<!\d)(?:1[5-9]|2\d|3[0-5])(?=年)")
_YEAR_SPAN = re.compile(r"(?:19|20)\d\d\s*年?\s*[-—–~至到]\s*(?:19|20)\d\d")
_ASKING = re.compile(r"多少|几|什么|谁|哪|何时|怎|咋|如何|啥|吗|多久|多大|多长")
_SHORT = 14


@dataclass(frozen=True, slots=True)
class Standing:
    """One way to read a question: `text` stands alone and is shown.

    `question` is the part that asks; `topic` is what is carried over and counts less.
    """

    text: str
    question: str
    topic: str = ""


def stand_alone(question: str, previous: Sequence[str], router: Router) -> list[Standing]:
    """Return the ways to read `question` after the `previous` stand-alone ones, likeliest first.

    A follow-up that only names another year, place or level replaces that slot of the earlier
    question; one that points back takes its topic; one without a place takes its place, and as a
    second reading its topic too. Anything else stays as it is.
    """
    if not previous:
        return [Standing(question, question)]
    last = previous[-1]
    text = normalise(question)
    bare = _OPENING.sub("", text)
    route, earlier = router.route(text), router.route(normalise(last))
    named = [*route.words, *route.unknown, *route.elsewhere]
    content = _content(bare, named)
    if not content and (replaced := _replace_slots(last, bare, named, router)) != last:
        return [Standing(replaced, replaced)]
    place = _first_named(earlier.words, normalise(last)) if earlier.words and not named else ""
    whole = Standing(f"{place}{bare}", bare)
    if named and not _POINTS_BACK.match(bare):
        return [Standing(question, question)]
    topic = focus_of(normalise(last)).replace(" ", "")
    # What only asks (责任单位是谁) is asked of the topic itself; else the topic counts less.
    asked = bare if content else f"{topic}{bare}"
    carried = Standing(f"{topic}，{bare}", asked, focus_of(normalise(last)))
    if not _ASKING.search(bare) and (len(content) <= 6 or re.search("呢[?？]?$", bare)):
        return [_same_question(last, bare, place), carried]
    if len(content) <= 2 or _POINTS_BACK.match(bare):
        return [carried, whole]
    if _is_follow_up(text) or place:
        alone = [] if _is_follow_up(text) else [Standing(question, question)]
        return [carried, whole, *alone] if len(bare) <= 8 else [whole, carried, *alone]
    return [Standing(question, question)]


def _same_question(last: str, bare: str, place: str) -> Standing:
    """Ask of something else what was asked before: 校长呢 after 骨干教师每人给多少钱."""
    subject = re.sub(r"[呢?？]+$", "", bare)
    sentences = [part for part in re.split(r"[，,。;；?？]", last) if part] or [last]
    tail = next((part for part in reversed(sentences) if _ASKING.search(part)), sentences[-1])
    asking = _ASKING.search(tail)
    ending = tail[max(asking.start() - 4, 0) :] if asking else tail
    text = f"{place}{subject}{ending}"
    return Standing(text, text, focus_of(normalise(last)))


def _content(text: str, named: Sequence[str]) -> str:
    """Return what a question is about besides years, places, levels and filler."""
    for word in sorted(named, key=len, reverse=True):
        text = text.replace(word, " ")
    text = re.sub(r"(?:19|20)?\d\d年?底?", " ", text)
    for pattern in LEVELS.values():
        text = pattern.sub(" ", text)
    return re.sub(r"\s+", "", _EMPTY.sub(" ", focus_of(text)))


def _is_follow_up(text: str) -> bool:
    return bool(_OPENING.match(text) or _ANAPHORA.search(text)) or len(text) <= _SHORT


def _replace_slots(last: str, bare: str, named: Sequence[str], router: Router) -> str:
    """Put the years, place and level of `bare` where `last` has its own."""
    result = last
    fresh = _YEAR.findall(bare)
    if fresh:
        year = fresh[-1] if len(fresh[-1]) == 4 else f"20{fresh[-1]}"
        result = _YEAR_SPAN.sub(year, result)
        result = _YEAR.sub(year, result) if _YEAR.search(result) else f"{year}年{result}"
    if named:
        old = router.route(normalise(result)).words
        if old:
            first = re.escape(_first_named(old, result))
            result = re.sub(f"{first}(?:市|县|区)?", named[0], result)
        else:
            result = f"{named[0]}{result}"
    for level in levels(bare):
        old_levels = levels(normalise(result)) - {level}
        if old_levels:
            result = LEVELS[next(iter(old_levels))].sub(level, result)
        elif level not in levels(normalise(result)):
            result = f"{level}{result}"
    return result


def _first_named(words: Sequence[str], text: str) -> str:
    return min(words, key=lambda word: (text.find(word) < 0, text.find(word), -len(word)))
