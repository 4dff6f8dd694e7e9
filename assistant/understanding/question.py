"""Pure: what a question asks for, and about what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from assistant.answering.values import named_years
from assistant.answering.wanted import wanted
from index.analyzer import normalise
from index.parsing.labels import chinese_number


class Ask(StrEnum):
    """The kind of answer a question asks for."""

    RATIO = "ratio"
    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"
    UNIT = "unit"
    LIST = "list"
    YESNO = "yesno"
    HOW = "how"
    BASIS = "basis"
    LETTERHEAD = "letterhead"
    COUNT = "count"
    CONTACT = "contact"
    OUTLINE = "outline"
    CATALOGUE = "catalogue"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    `text` is the search form; `focus` is it without ask words, politeness and talk about the
    documents themselves. `fields` are the letterhead fields asked for (Ask.LETTERHEAD); `row` is the
    running number of a table row, "" when none is named. `units` are the units that 多少/几 asks
    in (人, 元, 所 …), `counter` a character behind 多少 or 几 that may be one (稿, 系, or not: 业主).
    `topic` is carried over from an earlier part or turn and counts less. `is_part` tells one of
    several questions in one.
    """

    raw: str
    text: str
    focus: str
    topic: str
    ask: Ask
    fields: tuple[str, ...] = ()
    row: str = ""
    years: frozenset[int] = frozenset()
    units: tuple[str, ...] = ()
    counter: str = ""
    levels: frozenset[str] = frozenset()
    is_part: bool = False


_UNITS = "人次|节|平方米|平米|万元|亿元|学时|学分|课时|个月|人|名|位|所|家|个|项|条|门|元|钱|块|年|月|天|次|倍|亩|米|轮|届|分|套|台|张|种|类|批|级|岁|小时|周"
_MEASURES = "升|折|斤|公斤|吨|度|只|头|辆|层|组|队|场|趟|页|桶|株|棵|床|桌|里|公里|厘米|分钟"
_FIELDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "发文字号",
        re.compile(
            r"文号|发文字号|文件号|文件[，,]?的?编号|(?:[以用]?第?(?:几|多少)号(?:令|公告)|第几号|(?:几|多少)号文)(?:公布|发布|印发)?|哪个号|字号"
        ),
    ),
    ("抄送", re.compile(r"抄送|抄给|抄报")),
    (
        "主送",
        re.compile(r"主送|(?:发|印发|下发|写|(?<!抄)送)给(?:了)?(?:谁|哪)|收文|发到哪|印发对象"),
    ),
    (
        "公开属性",
        re.compile(
            r"公开属性|是不是保密|保不保密|外人能?(?:不能)?看|(?:此件|文件).{0,6}公开|(?:能|可以|是否|是不是|属于).{0,8}公开(?:发布|的|吗|文件)|公开选项|主动公开|能不能公开|对外公开|依申请"
        ),
    ),
    (
        "承办",
        re.compile(
            r"(?:文件|通知|意见|方案|计划|版记)?.{0,6}(?:哪个|谁|什么).{0,6}(?:主办|承办|起草)|主办(?:单位|部门|机关)|承办单位"
        ),
    ),
    (
        "印发日期",
        re.compile(
            r"印发(?:日期?(?![志报])|时间)|(?:什么时候|哪天|何时|几号|哪一天|几月几[号日]|啥时候|哪年哪月).{0,4}(?:印发|印的|印出)|印发.{0,6}(?:哪天|几号|何时|什么时候|日期|啥时候)|哪(?:一)?天印的?"
        ),
    ),
    (
        "成文日期",
        re.compile(
            r"成文(?:日期|时间)|(?:哪天|几号(?!令|文)|什么时候|啥时候|何时)(?:签|落款|盖)|(?:(?:哪个|哪份|谁|哪边|哪家)(?:更)?(?:先|后|早|晚)|最[先早后晚近])(?:出|发|印|制|公布|颁布)|落款(?:日期|时间)?|(?:什么时候|哪天|何时|几号(?!令|文)|哪一天|哪年|哪一年|几月几[号日]|啥时候|多会儿?|几时).{0,5}(?:出台|发布|发文|发的|下发|发出|公布|颁布|出的|签发|制发)"
            r"|(?:出台|发布|发文|下发|公布|颁布|签发)(?:的)?(?:日期|时间|于?哪|是?什么时候|是?何时|是?哪|是?几)|(?:文件|通知|方案|计划|意见|办法)(?:是)?(?:哪年|哪天|什么时候|啥时候|几号(?!令|文)|哪一年)的?(?:发|出|$)"
        ),
    ),
    (
        "发文机关",
        re.compile(
            r"(?:发文|印发)(?:机关|单位|部门)|(?:谁|哪(?:个|家)?(?:单位|部门)?)(?:盖的?章|签发|落的?款)|落款(?:单位|机关|是谁)|署名|(?:谁|哪(?:几?个|些)(?:单位|部门|机关|局)?|哪里|哪儿|哪几?家|哪级|什么(?:单位|部门|机关)).{0,6}(?:发布|发文|印发|出台|发的|发出|下发|制定|颁布|出的|定的|写的|联合发)"
            r"|(?:是由?|由)(?:谁|哪(?:几?个|些)(?:单位|部门|机关)?|哪里|哪几?家)(?:发|印|出台|制定|颁)"
        ),
    ),
    (
        "标题",
        re.compile(
            r"(?:文件|方案|计划|通知|意见)(?:的)?(?:全称|标题|名称|全名|题目)|叫什么(?:名字|名)|全称"
        ),
    ),
)
_NAMED_FIELD = re.compile(
    r"文号|发文字号|成文日期|印发日期?|主送|抄送|公开属性|发文机关|落款|版记|公开选项"
)
_DOCUMENT = re.compile(
    r"文件|通知|方案|计划|意见|办法|规定|条例|解读|文|政策|这份|那份|细则|规划|红头|版记|落款|号[文令]|〕\d{1,4}号"
)
_ROW = re.compile(
    r"(?:序号|编号|第|(?<![\d月])(?=\d{1,3}号(?:任务|事项)))\s*(\d{1,3}|[一二三四五六七八九十]{1,4})\s*(?:项|条|行|号|个?任务)?"
)
PERIODIC = re.compile(
    r"几年.{0,8}(?:一?[次遍轮届回]|轮训|评)|多久.{0,6}(?:一?[次遍轮届回])|多长时间.{0,4}一?[次遍轮]|隔多久|间隔|频次|周期(?!内)"
)
_KINDS: tuple[tuple[Ask, re.Pattern[str]], ...] = (
    (
        Ask.CATALOGUE,
        re.compile(
            r"(?:有|收录|收集|包括|包含|涉及)(?:了)?(?:哪些|多少|几)(?:份|个|篇|部)?(?:文件|文档|政策文件|资料)(?:可|$|呢|啊|吗|[?？])|(?:能|可以)(?:查|问)(?:到)?(?:哪些|什么)|知识库里|资料库里|都有(?:啥|什么|哪些)文件"
        ),
    ),
    (
        Ask.OUTLINE,
        re.compile(
            r"(?:小|一级|二级|各级)?标题(?:有|是|都|全|分别|列)|(?:逐条|全部)[^，。？]{0,2}列|(?:分|有|包括|包含)(?:成|为|了)?(?:哪|几|多少)[^，。？]{0,3}(?:部分|板块|大块|章|篇章)|(?:哪|几)[几些个]?(?:个|大)?(?:部分|板块|大块)|(?:框架|结构|提纲|大纲|目录)(?:是|有|怎|$)|(?:主要|大致|大概|都)(?:讲|写|说|规定)(?:了|的)?(?:些|是)?(?:什么|啥|哪)|主要内容"
        ),
    ),
    (
        Ask.CONTACT,
        re.compile(
            r"(?<!打)(?<!打个)电话|打[^，。？]{0,4}(?:哪|什么|多少|几)[^，。？]{0,4}电话|联系方式|邮箱|网址|网站|微信号|公众号|地址(?:是|在|给)|二维码"
        ),
    ),
    (
        Ask.BASIS,
        re.compile(
            r"(?:依据|贯彻|引用|遵循|转发)的[^，。？]{0,30}(?:文号|字号)|上位(?:文件|法|依据)|(?:国家|省里|省级|上级|上面|对应)(?:的|那[份个])?(?:哪|什么|啥|文件|政策)?.{0,4}(?:文件|文号)|(?:贯彻|落实|根据|依据)(?:的)?(?:是)?(?:什么|哪|啥)|(?:制定|出台|政策|文件|编制)(?:的)?依据|依据(?:是|的是|文件|文号|什么|哪)|(?:照着?|按照?|依照|根据|遵照)[^，。？]{0,6}哪[^，。？]{0,4}(?:规定|文件|标准|办法|通知|政策)|贯彻[^，。？]{0,4}哪|(?:按照?|根据|依照|遵照)谁"
        ),
    ),
    (
        Ask.COUNT,
        re.compile(
            r"(?:一共|总共|总计|合计|共|统共)(?:有|分|列|编|提|安排|部署|设|规定|包括|包含|写|明确)?(?:了|出)?.{0,6}(?:多少|几)(?:大?[项条章节类]|个(?:方面|部分|大项|任务|附件))|(?:分|列|编|提)(?:成|为|了|出)?(?:多少|几)(?:大?[项条章节类部块]|个(?:方面|部分))|(?:多少|几)(?:大?项|条|个方面|个部分)(?:重点)?(?:任务|措施|工作|内容|举措)"
        ),
    ),
    (
        Ask.RATIO,
        re.compile(
            r"占(?!地)[^,，。？?]{0,14}(?:多少|几)(?!平方|亩|平米)|比例|占比|比重|百分之|百分比|几成|多大比|生师比|师生比|[几多少]个?百分|比率|就业率|合格率|覆盖率|培训率|率(?:是|要|达|为|应)|几比几|职普比|几个点|多少个?点(?!钟)|一[个名位]?(?:老师|教师|班主任|先生|师傅|导师)[^，。？]{0,6}(?:带|摊|教|管|配)[^，。？]{0,3}(?:几|多少)"
        ),
    ),
    (
        Ask.DURATION,
        re.compile(
            r"(?:多久|多长时间|几年|几个月)(?!.{0,8}(?:一?[次遍轮届回]|轮训))|有效期(?!.{0,6}(?:哪|截止|到什么|到啥|几号))|几个(?:月|星期|小时|学期|工作日)|(?<!哪)几(?:天|周|小时)|多少(?:天|个月|小时|个工作日)|(?:最长|最多)(?:能|可以)?(?:领|补|享受|学|待|干)多"
            r"|年限|时长|天数|(?:间隔|周期|频次)(?:年限|时间|要求|规定)?[?？]?$|(?:公示|试用|过渡|缓冲|保质|质保|见习|服务|聘)期[?？]?$"
        ),
    ),
    (
        Ask.DATE,
        re.compile(
            r"什么时候|啥时候|哪时候|何时|哪一?年|哪[一几]?天|哪个?月|几月|几号|多会儿|期限|截止|时限|什么时间|几点(?![要意建措体原])|时间节点|时间进度|进度安排|多久|多长时间|几年|哪月|几时|日期|到期|有效期|多少年|什么季度|哪个学期|啥时|时间要求|最晚|最迟|年份|(?:窗口|受理|申报|报名|申请|办理|实施|执行|规划)期[?？]?$"
        ),
    ),
    (
        Ask.LIST,
        re.compile(
            r"(?:具体)?(?:是|都|分别)?(?:指|包括|包含)(?:的)?(?:是)?(?:哪|什么|啥|谁)|哪[一二两三四五六七八几些]+(?:个|类|种|项|大)?(?:国家|专业|行业|领域|产业|方面|原则|学校|院校|计划|制度|内容|系|证书|项目)"
        ),
    ),
    (
        Ask.UNIT,
        re.compile(
            r"责任(?:单位|主体)是|单位是[谁哪]|责任单位|责任部门|责任科室|负责的?(?:单位|部门|科室|人)|牵头|归谁|谁管|该谁|谁负责|谁来|谁(?:批|查|审|评定|出钱|签字|盖章|说了算|拍板)|归哪|哪(?:个|些|几个|家|几家)(?:主管|行政|政府|职能)?(?:部门|单位|科室|局|处室|委办|机构|机关|衙门|主体)|归口|哪几?家(?=在?(?:评|管|办|抓|做|发|定|审|批|牵|负责|承担))|由谁|谁的(?:活|事|责任)|什么(?:部门|单位|科室)|哪个科|找谁|找哪|[去到上向]哪(?:里|儿)?(?:去)?(?:办|申请|申报|领|交|报|反映|投诉|$)|向谁|(?:落|交|派|分)给(?:谁|哪)|分工给|谁出面|谁组织|谁牵|实施学校|哪个口"
        ),
    ),
    (
        Ask.LIST,
        re.compile(
            r"哪些|哪[几两三四五六]|的(?:几大?|[两三四五六七八九十]大)[项个种类条](?:[^，。？多少几]{1,8})?[?？]?$"
        ),
    ),
    (
        Ask.NUMBER,
        re.compile(
            rf"多少|几(?:{_UNITS}|{_MEASURES})|几[万千百十亿]|多大|多高|多远|多长|多重|几何|数量|人数|金额|标准是|指标是|目标是|规模(?:是|要|目标)|最[低高多少]是|(?:目标|指标|标准|人数|数量|规模|金额|总数|额度|名额|费用?|价格?|课酬|限额|上限|下限|幅度|津贴|补贴|补助|奖金|罚款|工资|面积|学分|分数|学时|次数|(?<![名])额|资本|[划册员名位场总户]数|总?投资|份额|定额|[限面阈产总]值|承载量)(?:要求|规定|标准|是)?[?？]?$"
        ),
    ),
    (
        Ask.BASIS,
        re.compile(
            r"依据|根据(?:什么|哪|啥)|上位(?:文件|法|依据)|按(?:照)?(?:什么|哪|啥)(?:文件|规定)|贯彻(?:的是)?(?:什么|哪)|凭什么|来源于|哪个文件"
        ),
    ),
    (
        Ask.LIST,
        re.compile(
            r"哪些|哪几|有什么|有啥|都有|包括(?:什么|啥)|分别(?:是|有|为)|(?:什么|啥)(?:内容|措施|制度|要求|条件|原则|任务|方面|举措|项目|专业|行业|领域|计划|活动|材料|手续|证件|资料)|列(?:举|出)|哪[两三四五六]|(?:几|多少)(?:项|个|类|种|条)(?:是|都)"
        ),
    ),
    (
        Ask.YESNO,
        re.compile(
            r"([\u4e00-\u9fff])不\1|吗|(?<!什)(?<!怎)么$|(?<=[\u4e00-\u9fff])不[?？]?$|是不是|能不能|可不可以|会不会|有没有|要不要|是否|能否|可否|算不算|行不行|用不用|让不让|管不管|给不给|该不该|准不准|许不许|对不对|还能|可以.{0,12}$"
        ),
    ),
    (
        Ask.HOW,
        re.compile(
            r"怎么|怎样|如何|咋|什么办法|啥办法|怎(?:么)?办|什么措施|多久一次|什么方式|什么后果|为什么|为啥"
        ),
    ),
)
_NOISE = re.compile(
    r"(?:部门|单位|科室)(?:来)?(?:负责|牵头|管)|责任(?:单位|部门|科室)|负责(?:单位|部门)|"
    r"请问(?:一下)?|麻烦(?:您|你)?(?:问一?下|帮.{0,3}查)?|想(?:问|知道|了解|咨询|打听)(?:一?下)?|打听(?:一?下|个事)?|帮(?:我|忙)?(?:查|看|问|找)(?:一?下)?|您好|你好|谢谢(?:您|你)?|老师好|同志|"
    r"(?:写(?:材料|报告|总结|稿子?)|填报?表|报表|汇报|存档)要?用|材料里?要|领导(?:要|问|让查)|我想|我要|我们想|查一?下|告诉我|说一?下|具体(?:是|有)?|到底|究竟|大概|一般|其中|关于|对于|是多少|是什么|有多少|有哪些|是哪些|有什么|是哪|为多少|"
    r"多少(?:个|所|名|人|家|元|钱|块|项|门|条|次|倍|年|月)?|几(?:"
    + _UNITS
    + r")|哪些|哪几|哪个|哪家|哪一?|什么时候|啥时候|何时|什么|啥|怎么|怎样|如何|咋样?|为什么|谁|多久|多大|多高|"
    r"是不是|能不能|可不可以|有没有|要不要|是否|能否|可否|会不会|管不管|给不给|该不该|算不算|用不用|还是|呢|吗|啊|呀|吧|嘛|哦|么|来着|呗|咧|噻|哈$|"
    r"(?:这|那|该)(?:份|个|些|里|边)?(?:文件|方案|计划|通知|意见|办法|政策|规定)?(?:里|中|上)?|(?:文件|政策|方案|规定|计划|通知|意见)(?:里|中|上)(?:面)?|(?:里面?|中)(?=提|说|规定|写|要求)|"
    r"(?:提到|规定|说|写|要求)(?:的|了)?(?=是|有|$|[,，?？])|(?<=[号里中上》])(?:规定|明确|要求)(?:的|了)?|怎么说|怎么规定|[,，。?？!！;；:：、“”\"'《》()（）\s]|分别|各自|应该|应当|需要|一下|的话|我们|你们|咱们?|我家|我|你|您|他们?|它们?|是|的|了"
)
LEVELS: dict[str, re.Pattern[str]] = {
    # Guarded against the seams of other words: 提高职业技能, 加大专业课程, 其中职工, 提高中等教育.
    "中职": re.compile(
        r"(?<!其)中职(?![工务称])|中等职业|(?<!其)中专(?![业项家题门用])|职高|职中(?!心)|职业高中|职教中心|技工学校|技校"
    ),
    "高职": re.compile(
        r"(?<![提最])高职(?![工务称位级业])|高等职业|(?<![扩加重最强])大专(?![业项家题门用])|(?<!学)专科(?![医门室])|(?<![提最])高专(?![业项家门])"
    ),
    "本科": re.compile(r"本科(?![室目])|学士"),
    "研究生": re.compile(r"研究生|硕士|博士"),
    "高中": re.compile(
        r"普高|普通高中|(?<!职业)(?<![提最])高中(?!阶段|[等职标端层央])|(?<!职业)高级中学"
    ),
    "初中": re.compile(r"(?<!最)初中(?!级)|义务教育"),
    "小学": re.compile(r"小学|义务教育"),
    "幼儿": re.compile(r"幼儿|学前|托育|托儿"),
}


def analyse(raw: str, topic: str = "") -> Question:
    """Take a question apart; `topic` is the focus of what it follows on."""
    text = _plain(normalise(raw))
    ask, fields = _kind(text)
    row = _ROW.search(text)
    return Question(
        raw=raw,
        text=text,
        focus=focus_of(_without_fields(text) if fields else text),
        topic=_without_fields(topic) if fields else topic,
        ask=ask,
        fields=fields,
        row=_row_number(row) if row and _is_row(text, row) else "",
        years=named_years(_NUMBERS.sub(" ", text)) | _short_years(text),
        units=_asked_units(text),
        counter=_counter(text),
        levels=levels(text),
    )


def asked_of(question: Question, topic: str) -> Question:
    """Ask of a topic what a question asks that does not name it (一共几个); what it asks for stays."""
    if not topic:
        return question
    whole = analyse(f"{topic}{question.raw}")
    if question.ask is Ask.GENERAL:
        return whole
    return replace(whole, ask=question.ask, fields=question.fields, units=question.units)


_DIALECT = (
    ("啥子", "什么"),
    ("几多", "多少"),
    ("咋个", "怎么"),
    ("好多钱", "多少钱"),
    ("好多分", "多少分"),
    ("屋头", "家里"),
    ("个钟头", "小时"),
    ("钟头", "小时"),
    ("个礼拜", "周"),
    ("礼拜", "周"),
)


def _plain(text: str) -> str:
    """Say in the common language what regional speech says otherwise, and once what is only repeated."""
    text = _REPEATED.sub(r"\1", _MARKUP.sub("", text))
    for said, meant in _DIALECT:
        text = text.replace(said, meant)
    return text


_NUMBERS = re.compile(r"[〔\[【(]\d{4}[〕\]】)]\s*\d+\s*号")  # their year is that of a document
_MARKUP = re.compile(r"</?[a-z]{1,10}(?:\s[^<>]{0,80})?>")
_REPEATED = re.compile(r"([^\d\s])\1{4,}")


def _asked_units(text: str) -> tuple[str, ...]:
    """Return the units asked in: behind 多少 and 几, or implied by 人数, 学费, 面积."""
    asked = re.findall(rf"(?:多少|几)({_UNITS})", text)
    implied = [unit for pattern, unit in _IMPLIED_UNITS if re.search(pattern, text)]
    return tuple(asked or implied[:1])


def _counter(text: str) -> str:
    match = re.search(r"(?:多少|几)([\u4e00-\u9fff])", text)
    return match[1] if match else ""


_IMPLIED_UNITS = (
    (r"(?<!占)(?<!生)(?:人数|名额|生规模)(?:是|要|有|目标|为|规模|多少|$)", "人"),
    (r"面积(?!.{0,6}(?:比例|占比))", "平方米"),
    (
        r"多贵|学费|花费|价钱|价格|金额|经费是|好多钱|多钱|(?:补助|补贴|奖励|津贴|收费|罚款|资助|支持|奖金)(?:的)?标准|奖金|安家费|押金|工资|拨款(?:标准|水平)",
        "元",
    ),
)


def focus_of(text: str) -> str:
    """Blank what only asks; what remains is what the question is about, in search form."""
    return re.sub(r"\s+", " ", _NOISE.sub(" ", text)).strip()


def without_years(text: str) -> str:
    """Return a text in search form without the years it names."""
    return re.sub(
        r"(?:19|20)\d\d年?(?:[-—–~至到](?:19|20)\d\d年?)?|(?<![\d.])\d\d年(?=底|末|$|[^级以内龄制])",
        "",
        text,
    )


@lru_cache(maxsize=8192)  # the sentences of a library are asked again and again
def levels(text: str) -> frozenset[str]:
    """Return the levels of education a text names."""
    return frozenset(name for name, pattern in LEVELS.items() if pattern.search(text))


def _kind(text: str) -> tuple[Ask, tuple[str, ...]]:
    """Read the kind of answer from the words that ask, else from the name of what is wanted (投资总额)."""
    worded = worded_kind(text)
    if worded[0] is not Ask.GENERAL:
        return worded
    kinds = {kind.answer for kind in wanted(text)}
    return Ask(kinds.pop()) if len(kinds) == 1 and all(kinds) else Ask.GENERAL, ()


def worded_kind(text: str) -> tuple[Ask, tuple[str, ...]]:
    """Read the kind of answer, and letterhead fields, from the words that ask in a text in search form."""
    if _FIRST.search(text):
        return Ask.BASIS, ()
    fields = fields_in(text)
    if fields and (_DOCUMENT.search(text) or _NAMED_FIELD.search(text)):
        return Ask.LETTERHEAD, fields
    if _MANNER.search(text) and not _WANTS_MORE.search(_MANNER.sub(" ", text)):
        return Ask.HOW, ()
    if _WHETHER.search(text) and not _WANTS_MORE.search(text):
        return Ask.YESNO, ()
    for ask, pattern in _KINDS:
        if pattern.search(text) and not (ask is Ask.CONTACT and _ABOUT_CONTACT.search(text)):
            return ask, ()
    return Ask.GENERAL, ()


def fields_in(text: str) -> tuple[str, ...]:
    """Return the letterhead fields that a text in search form asks for, if it is about a document."""
    return tuple(name for name, pattern in _FIELDS if pattern.search(text))


_WHETHER = re.compile(
    r"是不是|能不能|可不可以|会不会|要不要|有没有|是否|能否|可否|算不算|用不用|让不让|准不准|许不许|该不该|行不行"
)
_MANNER = re.compile(r"怎么(?!样)|怎样|如何|咋(?!样)")
_WANTS_MORE = re.compile(
    r"多少|几|哪|谁|什么时候|啥时候|何时|怎么|怎样|如何|咋|多久|多大|期限|电话|比例|名单|多长|依据"
)
# 邮箱还能用几年, 电话报告的时限: what is asked is not the number or the address.
_ABOUT_CONTACT = re.compile(
    r"几(?:[年天周]|个?(?:月|小时|工作日|学期))|多久|多长|时限|期限|截止|日期|何时|[什啥]么?时候|多少(?:钱|元|天|年|次|人)|比例|占比|由谁|谁(?:来)?(?:负责|管)"
)
_FIRST = next(pattern for ask, pattern in _KINDS if ask is Ask.BASIS)


def _without_fields(text: str) -> str:
    """Blank the words that name a letterhead field, and those that only mean the document."""
    for _, pattern in _FIELDS:
        text = pattern.sub(" ", text)
    text = re.sub(r"(?:19|20)\d\d年?(?:[-—–~至到](?:19|20)\d\d年?)?", " ", text)
    return re.sub(
        r"文件|红头|文号|版记|落款|信息|属性|日期|时间|写|标|登记|归档|那天|同一?天|[哪几]天|几号|文$",
        " ",
        text,
    )


def _is_row(text: str, match: re.Match[str]) -> bool:
    """Tell a row of a table (第29项, 序号15) from an ordinal of something else."""
    tail = match[0][-1]
    return (
        match[0].startswith(("序号", "编号"))
        or tail in "项行"
        or (tail in "条号务" and bool(re.search(r"表|清单|任务", text)))
    )


def _row_number(match: re.Match[str]) -> str:
    numeral = match[1]
    return numeral if numeral.isdecimal() else str(chinese_number(numeral))


def _short_years(text: str) -> frozenset[int]:
    """Read 22年 and 25年底 as years of this century, 十四五末 as the last year of that plan."""
    short = re.findall(
        r"(?<![\d.满干近过第足超教])(1[5-9]|2\d|3[0-5])年(?!级|以|内|龄|的?时间|前|后|制)", text
    )
    plans = re.findall(r"十([二三四五六])五[”\"」]?(?:规划)?(?:期)?[末底]", text)
    ends = (2010 + 5 * "一二三四五六".index(plan) for plan in plans)
    return frozenset(2000 + int(year) for year in short) | frozenset(ends)
