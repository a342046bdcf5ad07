"""Names that offices give to the columns of their own sheets."""

import re

WHEN = ("本月", "当月", "本期", "当期", "本季", "本季度", "当季", "本周", "当周", "本旬")
# Frequent names instead of ours.
OTHERS = {
    "code": (
        "编号", "编码", "代码", "事项编号", "事项编码", "任务编号", "任务编码", "目标编号", "目标编码", "指标编号",
        "指标编码", "target", "target code",
    ),
    "title": (
        "名称", "事项", "事项名称", "承诺事项", "任务", "任务名称", "工作任务", "重点任务", "指标", "指标名称",
        "项目名称", "commitment", "task",
    ),
    "milestone": ("节点名称", "工作节点", "里程碑"),
    "value": (
        "完成值", "实际完成", "实际完成数", "实际完成值", "完成数", "本期", "本期累计", "本期值", "累计完成",
        "累计完成数", "累计完成值", "累计完成量", "累计", "累计数", "本年累计", "本年累计完成",
        "本年累计完成数", "本月止累计", "本月止累计完成", "本季止累计", "本季止累计完成", "绝对额", "绝对量", "actual",
    ),
    "increase": (
        "本月", "当月", "本月数", "当月数",
        *(f"{when}{what}" for when in WHEN for what in ("完成", "新增", "发生", "实际完成")),
        *(f"{when}{what}{kind}" for when in WHEN for what in ("完成", "新增", "发生") for kind in "数值量"),
    ),
    "includes_earlier": ("含以前各期", "含此前各期", "包含以前各期", "includes earlier"),
    "unit": ("单位", "计量单位", "unit"),
    "agency": (
        "责任单位", "牵头单位", "主责单位", "承办单位", "责任部门", "牵头部门", "主办单位", "填报单位", "agency",
    ),
    "day": ("截至日期", "统计日期", "数据日期", "填报日期", "日期", "date", "effective_on"),
    "progress": ("进展情况", "工作进展", "工作进展情况", "完成情况", "推进情况", "落实情况", "备注"),
    "problems": ("存在问题", "存在的问题", "问题", "存在问题及原因", "困难和问题"),
    "next_steps": ("下步打算", "下一步打算", "下一步工作", "下一步工作打算", "下步措施", "下一步措施", "next_steps"),
}  # fmt: skip
# Words in a heading that suggest the column; the surest first.
WORDS = {
    "code": ("编码", "编号", "代码", "code"),
    "title": ("事项", "任务", "指标", "项目", "名称", "工作", "title", "name"),
    "value": ("累计完成", "实际完成", "完成", "累计", "本期", "已办", "value", "actual"),
    "increase": ("本月", "当月", "本季", "当季", "本周", "当周", "本旬"),
    "day": ("截至", "日期", "date", "as of"),
    "progress": ("进展", "完成情况", "推进", "动态", "落实", "备注", "说明", "note", "remark"),
    "problems": ("问题", "困难", "problem"),
    "next_steps": ("下步", "下一步", "打算", "next step"),
}
# Words in a heading that rule the column out: `完成时限` is no value, `任务数` no title.
NOT_IN = {
    "title": ("编", "数", "值", "量", "单位", "时限", "进展", "动态", "情况", "问题", "打算", "措施"),
    "value": (
        "率",
        "%",
        "时限",
        "时间",
        "日期",
        "情况",
        "计划",
        "目标",
        "应",
        "去年",
        "上年",
        "同期",
        "是否",
        "本月",
        "当月",
        "本季",
        "当季",
        "本周",
        "当周",
        "本旬",
    ),
    "increase": ("率", "%", "计划", "目标", "应", "同期", "累计"),
    "day": ("时限", "完成", "计划", "要求", "目前", "截止"),
}
# Headings of a day that may be a deadline or the day of the data: they are asked about.
AMBIGUOUS_DAYS = ("截止日期", "截止时间", "截止日")
# Headings of remarks that stand beside a target all year: alone they report nothing.
REMARKS = ("备注", "说明", "remarks", "remark")
# Words of figures that are no value of the period, and names of numbers in order.
NO_VALUES = (
    "率", "%", "占比", "比重", "同比", "环比", "电话", "手机", "联系", "目标", "计划", "任务数",
    "上期", "上月", "上年", "去年", "同期",
    "rate", "phone", "target", "planned", "previous",
)  # fmt: skip
# Words of a rate of the period, and of one that is not: 增速, but not 去年增速 or 序时进度.
RATES = re.compile(
    r"率|%|占比|比重|同比|环比|增速|增幅|增长|±|\b(?:rates?|growth|shares?|yoy|percent(?:age)?)\b"
)
OTHER_RATES = (
    "目标",
    "计划",
    "应完成",
    "应达",
    "序时",
    "汇率",
    "频率",
    "target",
    "planned",
    "previous",
    "expected",
    "last year",
)
# “比上年同期” compares with the year before, “上年同期” is a figure of it.
BEFORE = ("上年", "去年", "上月", "上期")
NUMBERS = ("序号", "号", "no.", "no", "#")
