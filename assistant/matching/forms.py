"""Pure: what a question wants to be told, and what a sentence of a rule tells, in broad forms.

A rule permits, forbids, obliges or excepts; it sets conditions, consequences, steps, papers, bodies,
sums, shares and times; or it only says why it was made. Hints to be weighed, as in `kinds`.
"""

from __future__ import annotations

import re
from functools import lru_cache

ASKED: dict[str, re.Pattern[str]] = {
    "whether": re.compile(
        r"吗|能不能|可不可以|是不是|要不要|会不会|算不算|行不行|是否|能否|可否|有没有|不[?？]?$|没有?[?？]?$|么[?？]?$|行吧"
    ),
    "may": re.compile(r"能|可以|允许|准|让|行不行|可否|有资格|够不够格"),
    "must": re.compile(r"要不要|用不用|必须|非得|得不得|需不需要|须|要求"),
    "consequence": re.compile(
        r"罚|处理|处分|后果|怎么办|咋办|咋整|追究|处置|会怎样|下场|责任|赔|倒扣|取消"
    ),
    "condition": re.compile(r"条件|资格|要求|什么样的|什么人|哪些人|门槛|范围|对象|满足|符合"),
    "papers": re.compile(r"材料|手续|证件|带什么|带啥|拿什么|交什么|提交|资料|凭什么证"),
    "steps": re.compile(r"怎么|如何|咋|流程|程序|步骤|办理|申请|方式|途径"),
    "body": re.compile(r"谁|哪个?(?:部门|单位|局|科|家|里|儿)|归|找|部门|单位|负责|牵头|去哪|向哪"),
    "sum": re.compile(
        r"多少钱|几块|几毛|元|标准|金额|补贴|补助|费用|收费|奖励|工资|津贴|价|罚款|额度|给多少|拿多少|领多少"
    ),
    "share": re.compile(r"比例|占比|百分|几成|率|几比几|比重|几折"),
    "time": re.compile(
        r"什么时候|啥时候|何时|哪天|几号|多久|几天|多少天|期限|时限|截止|日期|时间|最晚|最迟|几个?月|几年|工作日"
    ),
    "count": re.compile(r"多少个?(?:人|名|所|家|个|项|次|张|辆)|几[个名家所次张项条位]|人数|数量|名额|规模|总数"),
    "list": re.compile(r"哪些|哪几|有什么|包括|内容|分别|种类"),
    "contact": re.compile(r"电话|号码|热线|网址|邮箱|地址|公众号|小程序|在哪"),
    "goal": re.compile(r"目标|达到|指标|计划|力争|到20\d\d|年底|要求达"),
    "why": re.compile(r"为什么|为啥|目的|原因|意义|依据"),
}  # fmt: skip
SHOWN: dict[str, re.Pattern[str]] = {
    "forbids": re.compile(r"不得|禁止|严禁|不予|不能|不可|不享受|不再|不准|一律不|不接受|不办理|不受理"),
    "permits": re.compile(r"可以|可(?=[一-龥]{2})|允许|有权|享受|优先|鼓励|不受|免予|无需|不需要|免费|免交|免收"),
    "obliges": re.compile(r"应当|应(?=[一-龥])|必须|须|需要?|不少于|负责"),
    "excepts": re.compile(r"除外|但|除[^，。]{1,20}外|例外|另有规定|特殊情况|不适用|不受"),
    "condition": re.compile(r"的[，,]|符合|具备|满足|下列条件|对象|是指|年满|具有|以上学历|条件"),
    "consequence": re.compile(
        r"罚款|责令|处分|取消|追回|退回|撤销|警告|追究|停止|扣|通报|收回|注销|移送|解除|赔偿|没收|清退"
    ),
    "papers": re.compile(r"申请表|申请书|身份证|证明|户口|材料|复印件|合同|凭证|发票|登记表|原件"),
    "steps": re.compile(r"提出|提交|申请|审核|审批|公示|受理|初审|复核|登录|报送|填报|凭|持|到[^，。]{2,12}办理"),
    "body": re.compile(r"(?:局|委|办|厅|部门|中心|政府|单位|科|处|院|学校|公司)[^，。；]{0,6}(?:负责|牵头|承担|主管|受理|办理|审批|组织|会同)|由[^，。；]{2,20}(?:局|委|办|厅|部门|中心|政府|单位|科|处|院)"),
    "sum": re.compile(r"\d\s*(?:\.\d+)?\s*(?:万|亿)?元|[一二三四五六七八九十百千万]+元|免费"),
    "share": re.compile(r"%|百分之|分之|\d[:∶]\d|[一二三四五六七八九]成|倍"),
    "deadline": re.compile(r"(?:\d|[一二三四五六七八九十])\s*(?:个?(?:工作日|日|天|月|年|小时|周))(?:以?内|前|止|之内)|前完成|截止|截至|逾期|期限"),
    "date": re.compile(r"\d+月\d+日|20\d\d年|\d+月"),
    "count": re.compile(r"\d\s*(?:名|人|所|家|个|项|次|辆|张|户|只|台|间|亩|公里|学时|课时|分|岁|周岁)"),
    "list": re.compile(r"、[^、]{1,15}、|包括|分为|下列|以下|如下|[（(][一二三1-3][)）]"),
    "contact": re.compile(r"电话|热线|\d{3,4}-\d{6,8}|网址|邮箱|地址|公众号|小程序|www|12345"),
    "goal": re.compile(r"达到|力争|到20\d\d|不低于|以上|提高到|实现|新增|建成|覆盖"),
    "purpose": re.compile(r"^(?:为了?|根据|依据|按照).{0,60}(?:制定|现|特|结合)|印发给你们|指导思想|坚持|深入贯彻|重要意义"),
    "defines": re.compile(r"是指|所称|指的是|是由|系指"),
    "repeals": re.compile(r"同时废止|施行|解释|有效期"),
    "defers": re.compile(r"另行|待定|若干|不定期|视情况?|适当|适时|自行(?:确定|决定|安排)|(?:具体|由)[^,。]{1,16}(?:确定|规定|商定|制定|核定)|按有关规定"),
}  # fmt: skip
TELLS = tuple(f"tells_{name}" for name in SHOWN)
FEATURES = (*(f"wants_{name}" for name in ASKED), *TELLS)


@lru_cache(maxsize=1024)
def wants(question: str) -> tuple[float, ...]:
    """Return for each form of `ASKED` whether a question in search form wants it, 0 or 1."""
    return tuple(float(pattern.search(question) is not None) for pattern in ASKED.values())


@lru_cache(maxsize=65536)
def tells(text: str) -> tuple[float, ...]:
    """Return for each form of `SHOWN` whether a sentence in search form tells it, 0 or 1."""
    return tuple(float(pattern.search(text) is not None) for pattern in SHOWN.values())
