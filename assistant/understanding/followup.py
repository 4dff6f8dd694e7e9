"""Pure: an elliptical question to one that stands alone, by carrying over what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding.question import LEVELS, focus_of, levels
from assistant.understanding.routing import Router
from index.analyzer import normalise

_OPENING = re.compile(r"^(?:那么?|然后|还有|再问|另外|那请问|哦|嗯|好的?|同样|以及)[,，、\s]*")
_ANAPHORA = re.compile(r"(?:^|[,，])(?:那|它|他们|这|其|该|此)|那(?:边|里|个|条|份)|这(?:个|里|边|条|份|些)|上面|前面|刚才|刚刚|同样|呢[?？]?$|还(?:有|要|能|给|可以)|又|其中|另外|除了")
_POINTS_BACK = re.compile(r"(?:这|那|该|此|上)(?:一|几|些)?(?:项|条|个|笔|块|件事|件|些)|它|他们|其|这(?:是|由|要|归|算|样)|前面(?:说|提)的|上面(?:说|提)的|刚才(?:说|提)的")
_EMPTY = re.compile(r"那|呢|么|的|话|情况|方面|一样|如果|换成|要是|改成|是|就|又|也|都|年|底|到|在|市|县|区|省|里|边|学校|多少|情形|目标")
_YEAR = re.compile(r"(?:19|20)\d\d|(?<!\d)(?:1[5-9]|2\d|3[0-5])(?=年)")


def stand_alone(question: str, previous: Sequence[str], router: Router) -> str:
    """Complete `question` from the last of the `previous` stand-alone questions.

    A follow-up that only names another year, place or level replaces that slot of the earlier
    question; one without a topic of its own takes the earlier topic; one with a topic but no
    place takes the earlier place. Anything else stays as it is.
    """
    if not previous:
        return question
    last = previous[-1]
    text = normalise(question)
    bare = _OPENING.sub("", text)
    route, earlier = router.route(text), router.route(normalise(last))
    named = [*route.words, *route.unknown]
    content = _content(bare, named)
    if not content:
        replaced = _replace_slots(last, bare, named, router)
        if replaced != last:
            return replaced
    if (len(content) <= 2 and _is_follow_up(text)) or _POINTS_BACK.match(bare):
        topic = focus_of(normalise(last)) if len(bare) > 1 else last
        return f"{_shown(topic)}，{bare}" if topic else bare
    if not named and earlier.words and (_is_follow_up(text) or not route.doc_ids):
        place = _first_named(earlier.words, normalise(last))
        return f"{place}{bare}" if _is_follow_up(text) or len(content) < 30 else question
    return question


def _content(text: str, named: Sequence[str]) -> str:
    """Return what a question is about besides years, places, levels and filler."""
    for word in sorted(named, key=len, reverse=True):
        text = text.replace(word, " ")
    text = re.sub(r"(?:19|20)?\d\d年?底?", " ", text)
    for pattern in LEVELS.values():
        text = pattern.sub(" ", text)
    return re.sub(r"\s+", "", _EMPTY.sub(" ", focus_of(text)))


def _is_follow_up(text: str) -> bool:
    return bool(_OPENING.match(text) or _ANAPHORA.search(text)) or len(text) <= 12


def _replace_slots(last: str, bare: str, named: Sequence[str], router: Router) -> str:
    """Put the years, place and level of `bare` where `last` has its own."""
    result = last
    fresh = _YEAR.findall(bare)
    if fresh:
        year = fresh[-1] if len(fresh[-1]) == 4 else f"20{fresh[-1]}"
        result = _YEAR.sub(year, result) if _YEAR.search(result) else f"{year}年{result}"
    if named:
        old = router.route(normalise(result)).words
        place = named[0]
        if old:
            result = re.sub(re.escape(_first_named(old, result)) + "(?:市|县|区)?", place, result)
        else:
            result = f"{place}{result}"
    for level in levels(bare):
        old_levels = levels(normalise(result)) - {level}
        if old_levels:
            result = LEVELS[next(iter(old_levels))].sub(level, result)
        elif level not in levels(normalise(result)):
            result = f"{level}{result}"
    return result


def _first_named(words: Sequence[str], text: str) -> str:
    return min(words, key=lambda word: (text.find(word) < 0, text.find(word), -len(word)))


def _shown(topic: str) -> str:
    return re.sub(r"\s+", "", topic)
