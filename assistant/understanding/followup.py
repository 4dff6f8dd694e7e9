"""Pure: an elliptical question to ones that stand alone, by carrying over what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
_ASKING = re.compile(
    r"多少|几|什么|谁|哪|何时|怎|咋|如何|啥|吗|多久|多大|多长|([能会要行该算])不\1|可不可以|是不是|有没有"
)
_SHORT = 14
_SAYS_LITTLE = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """One way to read a question: `text` stands alone and is shown.

    `question` is the part that asks, `topic` what it is asked of, "" where it says so itself. `goes_on`
    tells that what was read last may hold the answer, `only_asks` that nothing else can (由谁负责).
    A pair of characters of `must` has to stand in what is quoted; a `last_resort` counts where nothing
    else answers. One that is `elsewhere` is asked of all documents, not of those read last.
    """

    text: str
    question: str
    topic: str = ""
    goes_on: bool = False
    only_asks: bool = False
    must: str = ""
    last_resort: bool = False
    elsewhere: bool = False


def stand_alone(question: str, previous: Sequence[str], router: Router) -> list[Standing]:
    """Return the ways to read `question` after the `previous` stand-alone ones, likeliest first.

    A follow-up that only names another year, place or level replaces that slot of the earlier
    question; one that only names a thing is asked what was asked of another; one that points back, or
    says too little, takes the topic; one without a place takes the place. Anything else stays as it is.
    """
    alone = Standing(question, question, elsewhere=True)
    if not previous:
        return [alone]
    last = previous[-1]
    text = normalise(question)
    bare = _OPENING.sub("", text)
    route, earlier = router.route(text), router.route(normalise(last))
    named = [*route.words, *route.unknown, *route.elsewhere]
    content = _content(bare, named)
    if not content and (replaced := _replace_slots(last, bare, named, router)) != last:
        return [Standing(replaced, replaced)]
    if named and not _POINTS_BACK.match(bare):
        return [alone]
    place = _first_named(earlier.words, normalise(last)) if earlier.words and not named else ""
    if _COMPARES.match(bare) and (both := _both_places(previous, router)):
        return [Standing(f"{both}，{bare}", f"{both}，{bare}")]
    whole = Standing(f"{place}{bare}", bare)
    carried = _carried(last, bare, content)
    if not _ASKING.search(bare) and (len(content) <= _SAYS_LITTLE or re.search("呢[?？]?$", bare)):
        subject = re.sub(r"(?:的|又)?呢?[?？]*$", "", bare)
        if not content:
            return [alone]
        part = _asking_part(last)
        part = part if place in part else f"{place}{part}"
        asked = _carried(part, f"{subject}{_ending(last)}", content)
        last_resort = replace(asked, goes_on=False, must=subject, last_resort=True)
        return [*_same_question(last, subject, place), last_resort]
    if len(_GENERIC.sub("", content)) <= 2:
        return [carried]
    if _POINTS_BACK.match(bare):
        return [carried, whole]
    if _is_follow_up(text) or place:
        new = [] if _refers(text) else [alone]
        carried = replace(carried, last_resort=len(content) > _SAYS_LITTLE)
        return [carried, whole, *new] if len(bare) <= 8 else [whole, carried, *new]
    return [alone]


def _carried(last: str, bare: str, content: str) -> Standing:
    """Ask `bare` of the topic of the last question.

    What was carried into that one already (温江普职融通规模，哪年达到) has its topic in front, unless
    that only says who asks (我们是产教融合型企业，…).
    """
    first = re.split("[，,]", last, maxsplit=1)[0]
    if _TELLS_WHO.match(first):
        first = _asking_part(last)
    root = first if len(focus_of(normalise(first))) > 3 else last
    focus = focus_of(_ASKS.sub(" ", normalise(root))) or focus_of(normalise(root))
    topic = focus.replace(" ", "")
    return Standing(
        f"{topic}，{bare}",
        bare,
        topic,
        goes_on=len(content) <= _SAYS_LITTLE and bool(_ASKING.search(bare)),
        only_asks=not _GENERIC.sub("", content),
    )


_TELLS_WHO = re.compile("(?:我|俺|咱|本人)(?:们|家|校|厂|公司|单位)?(?:是|在|叫)")
_GENERIC = re.compile(
    "由|归|个|从|算|一共|总共|负责|牵头|具体|落实|实施|执行|完成|达到|开始|办理|管|抓|科室|单位|部门|人员|时间|时候|期限|日期|数量|人数|比例|金额"
)


_COMPARES = re.compile(
    r"(?:那|他们|两[个家者])?(?:哪个|哪里|哪儿|哪边|哪家|哪一个|谁)(?:的)?(?:更|最|要)?[高低多少早晚大小长短快]|(?:两边|两地|它们|他们)?(?:相?差|比起来)"
)


def _both_places(previous: Sequence[str], router: Router) -> str:
    """Return the last question asked of the places of the last two, "" unless these differ."""
    if len(previous) < 2:
        return ""
    texts = [normalise(text) for text in previous[-2:]]
    words = [router.route(text).words for text in texts]
    if not all(words) or set(words[0]) & set(words[1]):
        return ""
    one, other = (_first_named(w, text) for w, text in zip(words, texts, strict=True))
    return texts[1].replace(other, f"{one}和{other}", 1)


def _same_question(last: str, subject: str, place: str) -> list[Standing]:
    """Ask of something else what was asked before: 校长呢 after 骨干教师每人给多少钱.

    It takes the place of the word that ends as it does (教育经费 for 培训经费), or of all in front of
    what asks.
    """
    texts = [f"{place}{subject}{_ending(last)}"]
    if old := _counterpart(focus_of(normalise(last)).split(), subject):
        text = normalise(last).replace(old, subject, 1)
        texts.append(text if place in text else f"{place}{text}")
    return [Standing(text, text) for text in dict.fromkeys(texts)]


def _ending(last: str) -> str:
    """Return what the last question asks, without the unit, which another thing may not have.

    One without an ask word (骨干教师人均资助标准) asks for what it ends with.
    """
    asking = _ATTRIBUTE.search(_asking_part(last))
    if asking:
        return _COUNTED.sub("", asking[0])
    named = _NAMED.search(last)
    return named[0] if named else "是多少"


_NAMED = re.compile(
    r"(?:人均|生均|每人|每生|年度|最[高低多少])?[\u4e00-\u9fff]{0,2}"
    r"(?:标准|目标|比例|占比|要求|期限|时限|年限|金额|总额|额度|数量|规模|人数|条件|名额|材料|单位|部门|科室|流程|对象|范围|日期|时间)(?=[?？]?$)"
)


_COUNTED = re.compile(r"(?<=多少)(?:人次|人|个|名|所|家|门|次|平方米|平米)$")


def _asking_part(text: str) -> str:
    """Return the part between commas that asks, the last one that does."""
    parts = [part for part in re.split(r"[，,。;；?？]", text) if part] or [text]
    return next((part for part in reversed(parts) if _ASKING.search(part)), parts[-1])


# What asks, with the words that only say how: 每人给多少钱, 最少多少人, 要达到几成, 什么时候之前.
_ASKS = re.compile(
    r"(?:(?:平均|每|一)(?:[个名位家所]?[\u4e00-\u9fff]{1,2})|最[少多低高长大早晚迟]|至少|一共|不[低少]于|不超过|要|应该?|需|得|给|补|发|拿|领|交|收|达到?|占|是|有|为|由|归|控制在|奖励?){0,4}"
    r"(?:多少|几|什么|谁|哪|何时|怎|咋|如何|啥|多久|多[大长高])"
    r"(?:钱|元|万元|块|人次|人|个|名|所|家|门|天|年|个?月|次|比例|平方米|平米|时候|时间|条件|材料|待遇|单位|部门|科室|一?[些年天个次]|么[办样]?){0,3}"
    r"(?:负责|牵头|管|前|之前|[\u4e00-\u9fff]?一[次回轮届])?"
)


_ATTRIBUTE = re.compile(
    rf"(?:的?(?:目标|标准|比例|占比|要求|期限|时限|金额|数量|规模|人数|条件|名额))?{_ASKS.pattern}"
)


def _counterpart(runs: Sequence[str], subject: str) -> str:
    """Return the word of the last question that ends as `subject` does, "" for none."""
    for size in range(min(4, len(subject) - 1), 1, -1):
        for run in runs:
            place = run.find(subject[-size:])
            if place >= 0:
                start = max(0, place + size - len(subject))
                return run[start : place + size]
    return ""


def _content(text: str, named: Sequence[str]) -> str:
    """Return what a question is about besides years, places, levels and filler."""
    for word in sorted(named, key=len, reverse=True):
        text = text.replace(word, " ")
    text = re.sub(r"(?:19|20)?\d\d年?底?", " ", text)
    for pattern in LEVELS.values():
        text = pattern.sub(" ", text)
    return re.sub(r"\s+", "", _EMPTY.sub(" ", focus_of(text)))


def _is_follow_up(text: str) -> bool:
    return _refers(text) or len(text) <= _SHORT


def _refers(text: str) -> bool:
    return bool(_OPENING.match(text) or _ANAPHORA.search(text))


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
