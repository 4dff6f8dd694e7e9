"""Pure: the kinds of value a question wants to be told, and whether a text states one of such a kind.

A sentence may speak of just what is asked about and still leave it open: 适当补助 states no sum, 每年开班 no
number of days. What is wanted is read from the ask word and its measure (几天, 补多少万), or from a noun
that only a value answers (投资总额, 保存年限). Where a question leaves it open what would answer it,
nothing is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering import values
from assistant.answering.spans import Span, has_bare_cell, row_text, search_form
from index.types import ClauseKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of value: its name to a user, how it is asked for, how it is stated; all in search form.

    `named` is how it is asked for by a noun alone; `aside` is what looks like a value of the kind and is
    none. `by_yes_or_no` tells one that is asked for by 要不要 and 吗 too, `is_count` a number of things, which
    a story may name in passing (几个), `is_name` a name, which is no answer where the question gives it. `answer` is the kind of answer (a value of `Ask`) to a question
    that names it without an ask word, "" for words.
    """

    name: str
    asked: re.Pattern[str]
    stated: re.Pattern[str]
    named: re.Pattern[str] | None = None
    aside: re.Pattern[str] | None = None
    by_yes_or_no: bool = False
    is_count: bool = False
    is_name: bool = False
    answer: str = ""


_CN = "[一二三四五六七八九十百千万亿两〇零半]"
_HOW_MUCH = (
    r"(?:是|为|有|要|得|到|能|达|达到|大概|最高|最低|至少|最多|一共|总共|具体)*(?:多少|几(?!乎))"
)
_NORM = (
    "(?:的|具体|达标|最[高低多少大小长短])*(?:要求|规定|标准|限制|上限|下限|指标|目标|数值|数额)?"
)
_END = r"(?=[,(?]|\s|$)"
_MONEY = (
    "金额|额度|数额|款额|学费|房租|租金|价格|价钱|工资|月薪|年薪|底薪|押金|保证金|罚款|罚金|奖金|津贴|补贴|补助费?|贴补|资助金?|助学金|奖学金|"
    "抚恤金|慰问金|补偿金?|经费|资金|拨款|投资|费用|收费|课酬|稿费|报酬|学杂费|住宿费|伙食费|保费|会费|预算|造价|成本|注册资本|奖励|支持"
)
_TIMES = (
    r"长期|永久|终身|当[天日场月年]|即[时日]|立即|立刻|随时|马上|同时|次[日月年]|隔[日天年]|学年|学期|课时|学时|现场|之日|为止|不限|常年|全年|"
    r"季度|月[底初末]|年[底初末]|半年|半天|半个?月|寒假|暑假|毕业|周[一二三四五六日末]|星期|期满|届满|周岁|24小时|全天"
)
_WHOLE = "全部|全员|全覆盖|全额|所有|一半|半数|不限|翻番"
_NUMBERED = re.compile(r"〔\d{4}〕\s*\d*号?|\[\d{4}\]\s*\d*号?")
_NO_COUNT = re.compile(
    r"(?:19|20)\d\d\s*年?(?:\s*[-—–~至到]\s*(?:19|20)\d\d\s*年?)?|\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|第[一二三四五六七八九十\d]+|十[二三四五]五|"
    r"[“\"]?\d\+\d[”\"]?|[(（][一二三四五六七八九十\d]+[)）]|^\d+[.、]|一[批种系些定流]"
)
_NO_LENGTH = re.compile(
    rf"{values.PERIOD.pattern}|(?:19|20)\d\d\s*年?(?:\s*[-—–~至到]\s*(?:19|20)\d\d\s*年?)?"
)


def _counted(name: str, units: str, noun: str) -> Wanted:
    """Return the kind of a number that is counted in some units, or in none."""
    others = f"[\\d.,:%万千百亿]|{values.UNITS}"
    return Wanted(
        name,
        re.compile(rf"(?:多少|几)[十百千万亿]{{0,2}}个?(?:{units})"),
        re.compile(
            rf"(?:\d|{_CN})\s*[余多来]?\s*[十百千万亿]?\s*个?(?:{units})|\d(?!\s*(?:{others}))|{values.RATIO.pattern}|{_WHOLE}"
        ),
        re.compile(rf"(?:{noun}){_NORM}{_END}"),
        _NO_COUNT,
        is_count=True,
        answer="number",
    )


_MEASURES = (
    "家|所|个(?!钱|月|小时|工作日|学期|星期|钟头|礼拜|百分点|点(?!位)|学年)|项|门|套|台|张|种|类|批|份|户|村|间|辆|座|处|支|件|只|头|级|度|"
    "节|倍|届|轮|期|场|条|株|棵|艘|瓶|层|楼|床|桶|盏|立方|千瓦|兆|班|队|组|站"
)
_PAPERS = re.compile(
    r"[一-龥]表(?![示明彰现达演扬])|[一-龥]证(?![明实券据监])|证[明书]|复印件|原件|户口|照片|合同|协议|发票|凭证|收据|病历|报告|执照|许可|票|单(?!位|独|一|次|纯|项|列)|名册|材料[:：包]|清单|方案|[一-龥]书(?![记法画店馆包架])|书面|批文|文件"
)
_BODIES = re.compile(
    r"[局委办厅科室院校所站部园馆店村联队户](?!分)|中心|处(?!罚|理|置|分|以)|公司|集团|协会|银行|政府|小组|机构|单位|部门|企业|平台|社区|街道|乡镇|家长|监护人|业主|本人|个人|机关|组织|法定|[人者员长师民股级](?!均|数)|财政|指挥|会(?![议商同])"
)
# What a school or company may be called without having a name: 骨干企业, 各高职院校.
_NAMELESS = (
    "职业技术|职业教育|职业|高等|中等|高级|技工|技师|专科|本科|普通|民办|公办|公立|私立|相关|有关|其他|其它|本地|当地|[县市区省校境国海]内|"
    "[县市区省校境国海]外|骨干|龙头|优质|知名|合作|定点|规模以上|规上|试点|示范|国有|民营|中小微?|小微|大型|各级|各类|所在|就近|附近|附属|实习|"
    "实训|培训|用人|参与|共建|承办|举办|实施|牵头|公益性|普惠性?|开放|教育|学生|毕业|全日制|成人|广播电视|[国省市县区]级|国家级?|校企|"
    "产教融合型?|高水平|高新技术|科技型|重点|支柱|特色|现代|农业|工业|制造|服务|行业|产业|义务|寄宿制?|小规模|农村|乡村|乡镇|城区|中心|"
    "完全|完中|九年一贯制?|特殊|培智|聋人|联合|建设|推荐|接收|派出|输送|入驻|申报|获奖|不?合格|达标|"
    "[各该本每原新和与及或的等为由在向对到从将把被按经以于是有可应须一二三四五两几多名个家所类]"
)
_HOUSES = "大学|学院|中专|职中|技校|学校|中学|小学|幼儿园|医院|卫生院|银行|公司|集团|厂"
_ITEMS = "(?:大?[项种类条点步](?!目|业|位)|个?(?:阶段|方面|情形|情况|步骤|环节))"
KINDS = (
    Wanted(
        "学校或单位的名称",
        re.compile(
            r"哪(?:些|两|三)?[所家个]?(?:大专|大学|高职|本科|高校|院校|学院|学校|职校|中学|小学|企业|公司|工厂|医院|银行)(?!的|类)|哪些所"
        ),
        re.compile(
            rf"(?:(?!{_NAMELESS})[一-龥a-z0-9]){{2,12}}(?:{_NAMELESS})*(?:{_HOUSES})|第[一二三四五六七八九十\d]+(?:人民|实验|中医)?(?:{_HOUSES})"
        ),
        re.compile(rf"(?:企业|学校|院校|医院|公司)的?(?:名称|名字|名单|名录)|校名{_END}"),
        is_name=True,
        answer="list",
    ),
    Wanted(
        "金额",
        re.compile(
            rf"多少钱|几个钱|(?<!哪)几(?:块|毛|分钱)(?!地)|[几多]少?[十百千万亿]{{0,2}}(?<!哪几)[块元]|元/|"
            rf"(?:[补奖罚赔贴给发领交收缴减拨投出报借贷退扣拿挣][助励款偿贴费资销]?|花|涨|加)(?:了|我|他|她|咱|们|俺|家里?|人家|一个月|一年|一次|每人|每个|每年|每月|最多|最高){{0,2}}(?:给|到)?{_HOW_MUCH}"
            rf"(?:[十百千万亿]+(?![人名个亩平])|钱|块|元|(?={_MONEY})|(?=[,?]|$))|"
            rf"(?:{_MONEY})(?:的|具体)*(?:标准|数额|金额|额度|规模|总额|上限|下限|水平|总量)?{_HOW_MUCH}(?!人|名|个|年|天|次|家|种|项|类|级)"
        ),
        re.compile(
            rf"{values.RATIO.pattern}|(?:\d|{_CN}|几)\s*元|元[/每)]|[(/]元|美元|\d\s*[万亿千百]|块(?!地)|倍|{_CN}[万亿]|\d分|免|不得[^,。]{{0,8}}(?:收|费)|不收|全额|减半|半价|自费|自理|最低工资|工资标准|基准价|成本价|原价|市价|百分点|现金|\d\s*个月的?(?:租金|工资|基本|生活费)"
        ),
        re.compile(
            rf"(?:{_MONEY})(?:的|具体)*(?:标准|数额|金额|额度|规模|总额|上限|下限|水平|总量|数|(?:金额|具体)标准)(?:要求|规定|是)?{_END}|(?:学费|金额|额度|租金|价格|押金|保证金|奖金|总?投资额?|预算|保费|会费|工资){_END}"
        ),
        answer="number",
    ),
    Wanted(
        "费用由谁承担",
        re.compile(
            r"自(?:己|个儿?|家)?(?:来)?(?:掏|出钱|出资|付|承担|负担)|自己花|谁(?:来)?(?:掏|付|承担费|负担|出(?:[钱资]|$))|(?:钱|费用?|款)(?:归|由|该)?谁(?:来)?(?:出|掏|付|拿)|出还是.{1,6}出|"
            r"(?:[要收交用花]不[要收交用花]|(?<!不)要)(?:交|收|花|掏)?(?:钱|费)(?!的)|(?:免费|收费|花钱|要钱|掏钱)[吗不么呢]"
        ),
        re.compile(
            r"费|元|钱|免|收取|不列入|不受|除外|承担|负担|自理|支付|补贴|补助|补偿|资助|报销|出资|列支|经费|无偿|有偿|赔偿|减半"
        ),
        by_yes_or_no=True,
    ),
    Wanted(
        "次数或间隔",
        re.compile(
            r"多(?:久|长时间)[^,]{0,8}(?:次(?!性)|遍|轮|一回|周期)|(?<!哪)几[年月天周]个?[^,]{0,4}(?:[次遍轮届]|一回)|隔多久|几年一|(?:多少|几)(?:次|遍|轮|回)"
        ),
        re.compile(
            rf"{values.PERIOD.pattern}|{values.DURATION.pattern}|(?:\d|{_CN})[余多]?\s*(?:次|遍|轮|届|回|稿|版|场)|每|逐年|长期|按(?:季度|月|周|日|年|学期)"
        ),
        re.compile(rf"(?:频次|频率|(?<!档)次数|间隔){_NORM}{_END}"),
        answer="date",
    ),
    Wanted(
        "时长",
        re.compile(
            r"(?<!哪)(?:几|多少)(?:天|日(?!期)|个?工作日|个月|个?星期|个?礼拜|周(?!岁)|分钟|个?学期|年(?!级|一)|学时|课时)"
        ),
        re.compile(
            rf"{values.DURATION.pattern}|{_TIMES}|至\s*\d|[日月年]\s*[止前]|倍|\d\s*[-—–~]\s*\d"
        ),
        re.compile(rf"(?:天数|时长|年限){_NORM}{_END}"),
        _NO_LENGTH,
        answer="duration",
    ),
    Wanted(
        "小时数",
        re.compile(r"(?<!哪)(?:几|多少)个?(?:小时|钟头)"),
        re.compile(r"小时|钟头|分钟|[学课]时|\d\s*[时点:：]|昼夜|全天"),
        answer="duration",
    ),
    Wanted(
        "期限",
        re.compile(r"多(?:久|长时间)(?![^,]{0,8}(?:次(?!性)|遍|轮|一回|周期))"),
        re.compile(
            rf"{values.DURATION.pattern}|{_TIMES}|[至止前后内]|\d\s*[-—–~.]\s*\d|\d\s*[月日号年]|{_CN}+(?:月|日|年)"
        ),
        re.compile(
            rf"(?:期限|时限|(?<![日学假周近长分定星首前中后早晚预同下上本多每当限到逾过〇零一二三四五六七八九十\d])期){_NORM}{_END}"
        ),
        values.PERIOD,
        answer="date",
    ),
    Wanted(
        "日期",
        re.compile(
            r"几月|几号(?![文楼窗线门公令厅院])|哪一?天|哪一?年|哪个?月|何年|何月|哪个?(?:季度|学期)"
        ),
        re.compile(
            rf"\d\s*[月日号年]|{_CN}+(?:月|日|年)|{_TIMES}|节(?!约|能|省|水|点)|春|秋|逢|工作日|[前后内]"
        ),
        re.compile(rf"(?:日期|年份){_NORM}{_END}"),
        answer="date",
    ),
    Wanted(
        "时间",
        re.compile(r"(?:什么|啥)时[候间]|啥时|何时|多会|几时"),
        re.compile(
            rf"\d\s*[月日号年天时]|{_CN}+(?:月|日|年|天)|{_TIMES}|[前后时内起期底初末]|每|逐|持续"
        ),
        re.compile(rf"(?:时间|时段)(?:要求|安排|规定|节点)?{_END}"),
        answer="date",
    ),
    Wanted(
        "比例",
        re.compile(
            r"百分之[几多]|百分比|几成|几个?百分点|多少个?百分点|占比|比重|生师比|师生比|职普比|几比几|比例(?:是|为|要|达|不|最|多少)|率(?:是|要|达到|为|目标|要求)?多少"
        ),
        re.compile(
            rf"{values.RATIO.pattern}|{_WHOLE}|倍|半|100|\d\s*个?点|百分点|{_CN}[:：比]|免|每\s*(?:\d|{_CN})"
        ),
        re.compile(rf"(?:比例|[^频功汇利效概]率|权重){_NORM}{_END}"),
        answer="ratio",
    ),
    _counted("人数", "人|名|位", "人数|人员总?数"),
    _counted("面积", "平方米|平米|平|亩", "面积"),
    _counted("分数", "[积学]?分(?!钟|之)", "分数|分值|得分|学分"),
    _counted("年龄", "岁|周岁", "年龄|岁数"),
    _counted("册数", "册|本", "册数|藏书量?"),
    Wanted(
        "项数",
        re.compile(rf"(?:多少|几){_ITEMS}|哪几(?:大?[项种类条]|个(?:阶段|方面|步骤))"),
        re.compile(
            rf"\d|{_CN}{{1,5}}(?:{_MEASURES}|{_ITEMS}|[级等档])|、|;|[(（][一二三][)）]|只有|均|都"
        ),
        re.compile(rf"(?:情形|层次|类目|类型|阶段|步骤|项|种|类)数量?{_NORM}{_END}"),
        is_count=True,
        answer="number",
    ),
    Wanted(
        "数量",
        re.compile(
            rf"(?:多少|几)[十百千万亿]{{0,2}}(?:{_MEASURES})|多少(?:学生|学员|老师|教师|职工|员工|孩子|学校|院校|岗位|课|专业|床位|学位|地|油|水|电)"
        ),
        re.compile(
            rf"\d|{_CN}{{1,5}}(?:{_MEASURES}|[级等档科]|部门|人|名|位|次|分之|成|比|米|元|公里|点)|百分之|{_WHOLE}|{values.IN_WORDS.pattern}"
        ),
        re.compile(
            rf"(?:[户班份个]数|数量|名额|床位数|学位数|场次|[总批]数|幅度|系数|里程|吨位|[长高宽深]度|距离|温度|浓度|课时|学时|总量|产量|分数线|[^少多次人无充时天]数){_NORM}{_END}"
        ),
        _NO_COUNT,
        is_count=True,
        answer="number",
    ),
    Wanted(
        "人选",
        re.compile(
            r"哪位|哪个(?:领导|老师|校长|局长|主任|书记)|(?:组长|主任|召集人|带头人|负责人|牵头人|联系人|校长|院长|书记|局长|总指挥)(?:一职)?(?:都|具体|目前|现在)?(?:是|由|为)?谁|谁(?:来)?(?:担任|任|当(?!场|天|地))"
        ),
        re.compile(
            rf"[市县区省局院校组处科所站镇乡厅部州]长|主任|书记|校长|经理|领导|负责人|担任|兼任|同志|老师|教授|医师|人员|代表|[长任员人师]:[一-龥]|[:：为由( ][{values.SURNAMES}][一-龥]{{1,2}}(?![一-龥])|联系人|姓名"
        ),
        re.compile(rf"姓名{_END}"),
    ),
    Wanted(
        "设在哪里",
        re.compile("(?:设|挂靠|挂)[在于](?:哪|什么|谁)"),
        re.compile("设[在于立]|挂靠|挂[在于]|位于|地址|地点|办公室单位"),
    ),
    Wanted(
        "地点",
        re.compile(
            r"(?:放|开|建|安|办|坐落|位)[在于](?:哪|什么)|在(?:哪|什么)(?:个|条|座|一)?(?:地方|位置|路|街|楼|房间|窗口)|哪条[路街]|几楼|几零几|哪(?:个|栋|座|间|层)(?:楼|房|办公室|屋|窗口)|在哪(?:儿|里)?$"
        ),
        re.compile(
            r"设[在于]|位于|地址|地点|[楼路:：]|\d\s*[号室]|[在到于][^,;。]{1,25}?(?:局|委|办|中心|大厅|校|院|馆|路|街|号|楼|室|处|村|镇|乡|区|县|市|部|厅|站|园|店|场|所|公司|平台|网|基地|窗口|网点)"
        ),
        re.compile(rf"(?:地点|位置|地址)(?:是|在)?{_END}"),
    ),
    Wanted(
        "材料",
        re.compile(
            r"(?:带|揣|捎)(?:些|着|上|的|好)*(?:什么|啥|哪些?)|(?:什么|啥|哪些?|样)(?:材料|证件|资料|本本|单子)(?=$|去)"
        ),
        _PAPERS,
        re.compile(rf"(?:材料|证件|手续)(?:清单|要求|目录|名称)?{_END}"),
        answer="list",
    ),
    Wanted(
        "单位",
        re.compile(
            r"(?:由|归|找)(?:谁|哪)(?!一?级)|谁(?:来)?(?:负责|管|批|审|定|查|办|评|组织|牵头|承办|主办)|(?<!在)哪(?:个|家|些|几家|几个)?(?:单位|部门|机构|公司|企业|医院|学校|局|科室|银行|法院|家)(?!能|可以|有资格|需|要)"
        ),
        _BODIES,
        re.compile(rf"(?<!的)(?:单位|部门|机构|公司|科室|银行|法院)(?:名称|名单|全称)?{_END}"),
        answer="unit",
    ),
    Wanted(
        "原因",
        re.compile(r"为什么|为啥|为何|凭什么|凭啥"),
        re.compile(
            r"因|由于|为|鉴于|导致|根据|依据|按照|以便|防止|避免|确保|保障|促进|所以|才|[未没]|不得|主要是|存在"
        ),
        re.compile(rf"(?:原因|理由){_END}"),
    ),
    Wanted(
        "电话",
        re.compile(r"(?:电话|号码|热线)(?:是|打)?(?:多少|几|哪个)"),
        re.compile(r"\d{5}|\d{3,4}-\d"),
        re.compile(rf"(?:电话|热线|号码){_END}"),
        answer="contact",
    ),
    Wanted(
        "邮箱",
        re.compile(r"邮箱(?:是|地址|多少|哪)"),
        re.compile(r"@"),
        re.compile(rf"邮箱(?:地址)?{_END}"),
        answer="contact",
    ),
    Wanted(
        "等次",
        re.compile("几等奖|第几名"),
        re.compile(r"等奖|前[一二三四五六八十\d]+名|第[一二三]|名次|冠军"),
    ),
    Wanted(
        "处罚",
        re.compile(r"怎么(?:处)?罚|咋罚|如何(?:处)?罚|[什啥]么?处[罚分]"),
        re.compile(
            r"罚|处分|记过|责令|追究|取消|通报|收回|扣|警告|撤|停|追回|约谈|处理|问责|整改|不予|不得|没收|吊销|降|赔|违约|移送|失信|名单|批评|责任|解除|清退|退[出还回]"
        ),
        re.compile(rf"罚则|处罚(?:标准|规定|办法|措施){_END}"),
    ),
)


def wanted(question: str) -> tuple[Wanted, ...]:
    """Return the kinds of value a question (search form) wants, none where words may answer it."""
    plain = _INDEFINITE.sub(" ", question.replace("哪几", "哪些"))
    parts = [part for part in _PARTS.split(plain) if part]
    told = [part for part in parts if not asks_whether(part)]
    if len(told) < len(parts):
        return tuple(kind for kind in KINDS if _wants_beside(kind, parts, told))
    asks = ASKING.search(plain) is not None
    names = [] if asks else [part for part in parts if not _SPOKEN.search(part)]
    return tuple(
        kind
        for kind in KINDS
        if any(map(kind.asked.search, parts))
        or (kind.named is not None and any(map(kind.named.search, names)))
    )


def asks_whether(question: str) -> bool:
    """Tell a question (search form) that yes or no answers, whatever values it names."""
    return _WHETHER.search(question) is not None


def _wants_beside(kind: Wanted, parts: Sequence[str], told: Sequence[str]) -> bool:
    """Tell whether a question that asks whether (给不给补偿) wants a value of a kind too (补多少)."""
    if kind.by_yes_or_no:
        return any(map(kind.asked.search, parts))
    found = (match for part in told for match in kind.asked.finditer(part))
    found = (match for match in found if not kind.is_count or match[0].startswith("多少"))
    return any(match.end() + _NEAR >= len(match.string) for match in found)


_NEAR = 2  # characters that may stand behind an ask word at the end of a part
# 好几年, 前几天, 几十个 count nothing that is asked for; 的几项 asks for names, as 哪几个 does.
_INDEFINITE = re.compile(
    r"了几个|(?:好|前|这|那|没|过|十|近|头|后|最近|隔|百|千|识|我们|的|差不?多?)几(?!月几|号)[个天年月周次回家名位块百千万条]*|"
    r"^几个|几(?:[十百千](?![块元万名人个]*(?:[,?]|$))|乎|经|何|番|[天年月周个]+(?:前|以前|之前|以后|来|下来|了))"
)
_PARTS = re.compile(r"[,;。?!\s]+")
_WHETHER = re.compile(
    r"是不是|能不能|可不可以|会不会|要不要|有没有|是否|能否|可否|算不算|用不用|让不让|准不准|许不许|该不该|行不行|行吧|[\u4e00-\u9fff]不$|没有?$|吗$|([\u4e00-\u9fff])不\1"
)
ASKING = re.compile(r"多少|几|谁|哪|什么|啥|怎么|怎样|如何|咋|为何|吗|多[久大长高远]")
_SPOKEN = re.compile("[我咱俺你您听]|不用")  # a sentence of somebody, not the name of a value


@lru_cache(maxsize=8192)
def states(kind: Wanted, text: str) -> bool:
    """Tell whether a text in search form states a value of a kind."""
    text = _NUMBERED.sub(" ", text)
    return kind.stated.search(kind.aside.sub(" ", text) if kind.aside else text) is not None


def states_any(kinds: Sequence[Wanted], spans: Sequence[Span], question: str = "") -> bool:
    """Tell whether spans state a value of any of some kinds, at least one, that `question` does not give.

    A row does with any of its cells; a number alone in a cell may be of every kind.
    """
    return any(_span_states(kinds, span, question) for span in spans)


def _span_states(kinds: Sequence[Wanted], span: Span, question: str) -> bool:
    is_row = span.clause.kind is ClauseKind.ROW
    if is_row and has_bare_cell(span.clause):
        return True
    text = row_text(span.clause) if is_row else search_form(span.text)
    return any(
        _names_another(kind, text, question) if kind.is_name else states(kind, text)
        for kind in kinds
    )


def _names_another(kind: Wanted, text: str, question: str) -> bool:
    """Tell whether a text names what a question has not named: 高平中专 is known to who asks of it."""
    return any(match[0][-_NAME:] not in question for match in kind.stated.finditer(text))


_NAME = 4  # characters at the end of a name that tell it from others
