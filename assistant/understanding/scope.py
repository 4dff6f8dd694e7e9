"""Pure: whether a question asks across places, and for the most or the least of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Extreme(StrEnum):
    """Which end of a comparison is asked for."""

    MOST = "most"
    LEAST = "least"


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a question reaches.

    `everywhere`: all places of the library are asked about. `excluding`: but those it names;
    `excluded` are the words behind 除了, "" for 别的地方.
    `extreme`: the one with the most or the least is wanted. `rest`: the question without the words
    that say all this.
    """

    everywhere: bool
    excluding: bool
    excluded: str
    extremes: tuple[Extreme, ...]
    rest: str


_PLACE = r"(?:地方|城市|地区|市县|县市|县区|市|县|区|省)"
_EVERY = re.compile(
    rf"各(?:个)?(?:地方?|{_PLACE})(?!级)(?:的文件)?(?:里头?|里面|当中)?|(?:这|那|所有|全部)(?:的)?(?:几|[两二三四五六七八九十]|\d+)?个?{_PLACE}(?:里头?|里面|当中|之中|中)?"
    rf"|(?:几|[两二三四五六七八九十]|\d+)个?(?:地方|城市)(?:里头?|里面|当中|之中|中)"
    r"|(?:所有|全部|这些|那些|各)(?:的|个|份)?文件(?:里头?|里面|当中|之中|中)"
    r"|(?<![哪第])(?:这|那|所有|全部)?(?:的)?(?<![哪第])(?:几|[两二三四五六七八九十]|\d+)(?:个|份)文件(?:里头?|里面|当中|之中|中)?"
)
_WHICH = re.compile(
    rf"(?!(?<=[去到跑在往上向])哪.{{0,2}}地方)哪(?:一|几|[两三四五])?(?:个|些)?(?:地方|城市|地区|{_PLACE})(?![级里委直属间域块别段])(?!不[许能得准可让]|可以|能|允许|禁止|需要|属于|归)(?:的文件)?(?:里头?|里面)?"
    r"|(?:哪里|哪儿|哪边|哪家|谁)(?=(?:的|要得?|规定得?)?(?:最|更))"
    r"|(?<=的)(?:又?是)?(?:哪里|哪儿|哪边|哪家)(?=$|[,，?？])"
)
_EXCEPT = re.compile(
    r"除了?([^,，。？]{2,10}?)(?:之外|以外|外)?[,，]?(?:还|也)?有?(?=谁|哪)|(?:别|其他|其它)的?地方(?:都|也)?"
)
_EXTREME = re.compile(
    r"(?:最|更|哪(?:边|个|家|里)(?:的|要得|要)?)(高|多|大方?|长|晚|严|贵|重|低|少|小|短|早|快|先|松|便宜|轻)"
    r"|(?:谁|哪[边家])(?:的[^,，。?？]{0,8}?)?(高|多|大方?|长|晚|严|贵|重|低|少|小|短|早|快|先|便宜|轻)(?=$|[些点呢呀啊,，?？])"
)
_MOST = frozenset("高多大长晚严贵重")
_SAID = re.compile(r"(?:都|分别)?(?:写了?|规定|提到?|说)(?:了|过)?没(?:有)?|分别|帮我列一下|列一下")

_HELD = r"[最更](?P<{name}>[高低多少大小长短早晚迟久贵重轻严快慢先后远近狠]|便宜|划算|省钱|[烧费花值]钱|扎堆|靠前|靠后)"
_ENDS = r"(?=$|[的些点?,。;!呢啊呀]|是|一)"
_ASKS = re.compile(
    rf"(?:哪|谁|什么)[^,。;?!]{{0,16}}?{_HELD.format(name='behind')}{_ENDS}"
    rf"|{_HELD.format(name='front')}(?:的|[^,。;?!]{{0,6}}(?:是|在|叫|属|数))[^,。;?!]{{0,8}}(?:哪|谁|什么|啥)"
    rf"|{_HELD.format(name='noun')}的[\u4e00-\u9fff]{{1,8}}\??$"
)


def scope_of(text: str) -> Scope:
    """Read the scope of a question in search form."""
    exception = _EXCEPT.search(text)
    excluding = exception is not None
    excluded = (exception[1] or "") if exception else ""
    everywhere = excluding or bool(_EVERY.search(text) or _WHICH.search(text))
    extremes = tuple(
        dict.fromkeys(
            Extreme.MOST if (match[1] or match[2])[0] in _MOST else Extreme.LEAST
            for match in _EXTREME.finditer(text)
        )
    )
    rest = text
    for pattern in (_EXCEPT, _EVERY, _WHICH, _EXTREME, _SAID) if everywhere or extremes else ():
        rest = pattern.sub(" ", rest)
    return Scope(everywhere, excluding, excluded, extremes, re.sub(r"\s+", " ", rest).strip())


def extreme_asked(text: str) -> str:
    """Return the word for the extreme that a question asks the holder of (哪条线最贵: 贵), "" for none."""
    found = _ASKS.search(text)
    return next(filter(None, found.groups()), "") if found else ""
