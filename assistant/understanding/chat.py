"""Pure: what is no question to the documents: greetings, advice, instructions to the machine."""

from __future__ import annotations

import re
from enum import StrEnum

from index.analyzer import normalise


class Talk(StrEnum):
    """Kinds of talk that no document answers."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    SELF = "self"
    ADVICE = "advice"
    OUTSIDE = "outside"
    NONE = ""


_FILLER = r"[,，。.!！~～?？、\s啊呀哦呢吧哈嗯啦了的]*"
_SMALL: tuple[tuple[Talk, re.Pattern[str]], ...] = (
    (
        Talk.GREETING,
        re.compile(
            rf"(?:您好|你好|hi|hello|嗨|哈喽|早上好|上午好|下午好|晚上好|(?:在吗|在不在)+|有人吗|老师好|喂){_FILLER}$"
        ),
    ),
    (
        Talk.THANKS,
        re.compile(
            rf"(?:好的?|行|明白了?|知道了?|懂了?|收到|ok)?{_FILLER}(?:谢谢|多谢|感谢|辛苦|麻烦你?了|太好了|你真棒|真不错|很有用|帮大忙)[^?？]{{0,12}}$"
        ),
    ),
    (Talk.THANKS, re.compile(rf"(?:好的?|行|明白了?|知道了?|懂了?|收到|ok|嗯+){_FILLER}$")),
    (Talk.GOODBYE, re.compile(rf"(?:再见|拜拜|回头见|bye|下次再聊){_FILLER}$")),
    (
        Talk.SELF,
        re.compile(
            r"(?:你|您)(?:是谁|叫什么|是什么|是哪个|是真人|是机器人|是人工|是ai|能做什么|能干[什嘛啥]|会做?什么|会干[什嘛啥]|有什么(?:用|功能))"
        ),
    ),
)
_ASKS = re.compile(r"多少|什么|哪|谁|几|怎|问一?下|请问|标准|是不是|能不能|规定|补贴")
_ADVICE = re.compile(
    r"你觉得|你认为|你(?:个人)?(?:看|说)(?:我|他|她|这)|值不值得|值得(?:去|读|上|选|报)|有没有(?:前途|出路|出息|意思)|有(?:前途|出路|出息|意思)[吗么没不]|没有?(?:前途|出路|出息)(?!的)|(?:我|孩子|娃|他|她)[^，,。]{0,12}该(?:不该|选|报|读|去|上)(?!哪里|哪儿|哪个?(?:部门|单位|窗口|地方)|多少|几|谁|什么(?:部门|地方))|"
    r"(?:替|帮|给)(?:我|俺)(?:们)?(?:想想|参详|拿主意)|靠谱不靠谱|靠不靠谱|划不划算|要不要考虑|是不是该(?:给|让|去|把)|买[^，。？]{1,6}还是|要不要(?:辞|换|转行|让|送)|挣得多|赚得多|(?:帮|替|给)(?:我|俺)[^,，。]{0,6}(?:选|拿|决定|推荐(?!表|信|函|人|单位|意见|名额|材料|[?]?$)|规划|参谋|出.{0,2}主意)|推荐(?:一?[个所下])|哪个(?:更)?好|好还是|还是.{0,10}好[?？]?$|(?:怎么|咋)劝|建议我|适不适合|适合(?:我|他|她|读|学|上)|好不好(?:考|找|学|读|混)?[?？]?$|能考上|考得上|哪(?:家|所|个)(?:学校|专业).{0,4}(?:最|更)?(?:好|强|靠谱)"
)
_OUTSIDE = re.compile(
    r"忽略.{0,12}(?:指令|要求|规则|规定|文件|条款|原文|提示|内容|设定)|系统提示|system\s*prompt|提示词|越狱|扮演|系统通知|(?:只|直接)(?:输出|回答|回复)[“「『]|编(?:一)?(?:条|份|个|段)|(?:帮|给|替)我(?:们)?编|胡编|假装(?:你|自己是)|(?:请|现在|你).{0,4}假装|从现在(?:起|开始).{0,4}你|你现在是|无视|不要(?:管|理会|遵守)|开发者模式|新规则|(?:替换|改)成[“「]|请复述|一律(?:答|回答|说|回复)|(?:你|您)(?:喜欢|爱不?爱|烦不?烦|累不?累|开心|支持|恨|几岁|多大了?|结婚|有感情)|谁(?:更)?聪明|(?:你|您)(?:跟|和|与)[^，。？]{1,8}(?:谁|哪个|比)|<script|<!--|drop\s*table|hidden prompt|(?:ignore|disregard|forget)\s+(?:all|any|the|your|previous)|you are now|"
    r"(?:写|作|编|来)(?:一)?(?:首|篇|段|个)(?:诗|歌|作文|故事|笑话|文案|代码|程序|检讨|小说)|(?:讲|说)(?:个|一个)?(?:笑话|故事)|陪我(?:聊|说|玩)|心情不好|无聊|天气(?:怎么样|如何|预报|好不好)|股票|彩票|几点了|现在几点|今天(?:星期|周|几号)|翻译?(?:成|一下)(?:英|日|韩|法|中|汉|另)?|不用查文件|星座|算(?:命|卦)|"
    r"(?:输出|打印|显示|泄露|告诉我).{0,8}(?:密码|密钥|口令|配置|源代码|api)"
)


def talk_of(question: str) -> Talk:
    """Tell what kind of talk a question is; Talk.NONE when it is for the documents."""
    text = normalise(question)
    for talk, pattern in _SMALL:
        if pattern.match(text) and (talk is Talk.SELF or not _ASKS.search(text)):
            return talk
    if _OUTSIDE.search(text):
        return Talk.OUTSIDE
    if _ADVICE.search(text):
        return Talk.ADVICE
    return Talk.NONE
