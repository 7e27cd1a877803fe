"""What the columns of register books are called: one table of names for each field.

Names are compared without blanks, punctuation and bracketed remarks; 日期 is read as 时间, and
机关, 部门 and the like as 单位, so that one entry stands for a family of headings.
"""

from __future__ import annotations

import re
import unicodedata

from baomi.kernel.spelling import differ_by_one, fold

KINDS = ("received", "issued", "loan")
NOTED = "noted"
"""The field of columns that are known and kept as typed, but not read any further."""

MAIN_DAY = {"received": "received_on", "issued": "issued_on", "loan": "out_on"}
DAY_FIELDS = frozenset({"received_on", "issued_on", "out_on", "back_on", "due_on"})
SECOND_MEANING = {"编号": "copy_numbers"}
"""What a heading means beside a better named column of its first meaning."""

TITLES = {
    "sequence": "序号",
    "received_on": "收文日期",
    "issued_on": "发文日期",
    "issuer": "来文机关",
    "number": "文件字号",
    "title": "文件标题",
    "level": "密级",
    "term": "保密期限",
    "count": ("份数"),
    "copy_numbers": "份号",
    "receiving_number": "收文编号",
    "unit": "承办单位",
    "person": "领取人",
    "out_on": "送出时间",
    "back_on": "退回时间",
    "back_count": "退回份数",
    "due_on": "应还时间",
    "release_level": "发布层次",
    "conveyance": "传达要求",
    "remarks": "备注",
    NOTED: "其他",
}
"""The fields, with the Chinese name of each as the rulebook's form has it."""

_COMMON = {
    "sequence": "序号 序 顺序号 行号 项次 no",
    "received_on": (
        "收文时间 来文时间 收到时间 收件时间 接收时间 收时间 到文时间 收文年月日 "
        "收文登记时间 收取时间 收发文时间 登记时间"
    ),
    "issued_on": "印发时间 发文年月日 发文登记时间",
    "issuer": (
        "来文单位 发文单位 制文单位 来件单位 制发单位 发文字号单位 来文名称 印发单位 "
        "制作发文单位 来文方 发件单位 来文单位名称 发文单位名称 文件来源 来源 "
        "收发文单位 制作单位 发送单位"
    ),
    "number": (
        "文件字号 文号 发文字号 字号 来文字号 来文文号 文件文号 公文字号 来文号 原文号 "
        "原文编号 来文编号 文件号 发文文号 文号或编号 文件编号 公文编号 文书字号 "
        "公文文号 原号 字第号 来文字第号"
    ),
    "title": (
        "标题 题名 文件标题 文件名称 文件题名 公文标题 公文名称 文件资料名称 名称 "
        "来文标题 来文题名 事由 文件资料标题 文件内容 内容摘要 文件名 来文内容 内容 "
        "摘要 资料名称 载体名称 涉密载体名称 文件事由 文件名称或事由 题目 文题 "
        "涉密载体内容或文件名称"
    ),
    "level": (
        "密级 秘密等级 涉密等级 文件密级 涉密级别 秘级 保密等级 密别 密等 密级期限 "
        "密级和保密期限 密级及保密期限 密级与保密期限 秘密等级及保密期限 "
        "秘密等级和保密期限 密级及期限 密级和期限 密级保密期限 密级标志 密级标识 "
        "定密级别"
    ),
    "term": "保密期限 期限 保密期 密期 保密年限 保密时限",
    "count": (
        "份数 文件份数 数量 收文份数 份 件数 来文份数 实收份数 发文份数 印数 印发份数 "
        "领取份数 发放份数"
    ),
    "copy_numbers": (
        "份号 编号区间 份号区间 份号段 份号起止 起止份号 份数编号 文件份号 份号编号 "
        "印号 编号份号 份号范围 来文份号 收文份号 份号或编号 流水份号 起止号 号段 "
        "份序号 份数序号"
    ),
    "receiving_number": (
        "收文编号 收文号 办文编号 收文登记号 收文顺序号 登记编号 登记号 收发文编号 "
        "办文号 收文序号 收文流水号 流水号 收编号 本单位编号 办文登记号 编号"
    ),
    "unit": (
        "承办单位 分送单位 承办 分送 分发单位 办理单位 主办单位 送往单位 送达单位 "
        "领取单位 领用单位 借阅单位 传阅单位 阅文单位 去向 交办单位 分办单位 送阅单位 "
        "送办单位 发放单位 使用单位 借用单位 阅办单位 拟办单位 转送单位 签收单位 "
        "送文单位 所在单位 接收单位 单位 收件单位 受文单位 送达 领件单位 发往单位 "
        "发送范围"
    ),
    "person": (
        "领取人 签收人 阅件人 借阅人 领件人 借用人 接收人 收件人 领文人 阅文人 取件人 "
        "借阅者 传阅人 领取人签名 签收人签名 领取人签字 签收人签字 阅件人签名 "
        "借阅人签字 借用人签字 借阅人签名 阅文人签名 收件人签名 领取签名 签收 领取 签名 "
        "签字 承办人 姓名 阅读人 领导姓名 阅者 经领人"
    ),
    "out_on": (
        "送出时间 领取时间 发出时间 分送时间 分发时间 送达时间 领用时间 借出时间 "
        "借阅时间 送阅时间 送办时间 交办时间 发放时间 借用时间 转送时间 传出时间 "
        "送文时间 领件时间 传阅时间 阅文时间 签收时间 送交时间 送出 领取年月日 移交时间 "
        "借时间 领文时间"
    ),
    "back_on": (
        "退回时间 交回时间 归还时间 清退时间 收回时间 返回时间 退还时间 退文时间 "
        "还回时间 归还 退回 交还时间 送回时间 缴回时间 退时间 还时间 清退 归还年月日 "
        "实际归还时间 回收时间 阅退时间 返还时间"
    ),
    "back_count": "退回份数 清退份数 交回份数 归还份数 收回份数 交还份数 退还份数 回收份数",
    "due_on": (
        "应还时间 应归还时间 应退时间 应退回时间 应交回时间 限还时间 到期时间 归还期限 拟还时间 "
        "预计归还时间 约定归还时间"
    ),
    "release_level": (
        "发布层次 公布层次 发放层次 公开层次 发至层次 传达层次 发布范围 公布范围 阅读层次"
    ),
    "conveyance": "传达要求 传达范围 传达方式 传达 阅传要求 传阅要求 传达贯彻要求",
    "remarks": "备注 备考 附注 说明 备 附记 其他 其它",
    NOTED: (
        "页数 页码 紧急程度 缓急 缓急程度 文种 载体类型 载体类别 载体形式 载体 类别 "
        "分类 文件类别 拟办意见 领导批示 批示 批示意见 办理结果 处理结果 办理情况 "
        "处理情况 办结时间 办结情况 办理时限 限办时间 经办人 经手人 登记人 经手 批准人 "
        "审批人 审核人 签发人 拟稿人 拟稿单位 核稿人 主送 主送单位 抄送 抄送单位 附件 "
        "附件数 归档号 档号 归档情况 归档时间 卷号 归卷号 借阅用途 借用用途 用途 "
        "借阅事由 借阅期限 借用期限 归还人 退回人 交回人 清退人 "
        "还件人 检查人 返回时间及检查情况 检查情况 传递方式 发送方式 传阅范围 知悉范围 "
        "使用范围 封装 成文时间 成文年月日 信封编号 机要编号 机要号 邮件号 交换号 包装 "
        "清退情况 销毁情况 销毁时间 处置情况 存放位置 归还人签字 归还人签名 退回签收 "
        "退回人签名 收回人 接收人签字 联系电话 电话 主题词 送件人 拟办 发送编号 准印号 "
        "存档 归档 传阅情况 阅示 办理 收文人 收件登记人 交件人 投递人"
    ),
}
_BY_KIND = {
    "received": {NOTED: "发文时间 印发时间", "number": "发文编号 发文号"},
    "issued": {
        "issued_on": "发文时间 登记时间 收发文时间 签发时间",
        "receiving_number": "发文编号 发文号 发文登记号 发文顺序号 发文序号 收发文编号 编号",
        "unit": "收文单位 主送单位 主送 发往单位 收件单位 受文单位 收发文单位 发送单位 发文去向",
        NOTED: "发文单位 印发单位 制发单位",
    },
    "loan": {
        "out_on": "收文时间 登记时间",
        "copy_numbers": "编号",
        NOTED: "发文时间",
        "person": "收件人",
    },
}
_UNLESS_COMMON = {"received": {"unit": "收文单位"}}
_BRACKETED = re.compile(r"[(\[〔【〈<].*?[)\]〕】〉>]")
_BOTH_WAYS = re.compile(r"收\s*\(\s*发\s*\)\s*文")
_UNITS = re.compile(r"(机关|部门|处室|科室|委办|单位|部室|股室)+(名称)?")
_LEVEL_WORD = re.compile(r"密级|等级|密别|密等")
_PREFIX = re.compile(r"^(文件|公文|来文|本次|该)")
_SUFFIX = re.compile(r"(情况|名称|栏|一览)$")
_SHORTEST_NEAR, _LONGEST_NEAR = 4, 12
_LONGEST_HEADING = 40


def heading_key(heading: str) -> str:
    """What a heading comes to when its spelling is folded."""
    plain = _BOTH_WAYS.sub("收发文", unicodedata.normalize("NFKC", heading))
    bare = fold(_BRACKETED.sub("", plain)) or fold(plain)
    bare = bare.replace("年月日", "时间") if len(bare) > len("年月日") else bare
    return _UNITS.sub("单位", bare.replace("日期", "时间"))


def field_of(heading: str, kind: str) -> str | None:
    """The field that a heading names in a book of this kind; None for an unknown heading."""
    if len(heading) > _LONGEST_HEADING:
        return None
    key = heading_key(heading)
    table = _TABLES[kind]
    if key in table:
        return table[key]
    if key in ("时间", "年月日", "日"):
        return MAIN_DAY[kind] if key != "日" else None
    for stripped in (_PREFIX.sub("", key), _SUFFIX.sub("", key)):
        if stripped in table and stripped != "单位":
            return table[stripped]
    if not _SHORTEST_NEAR <= len(key) <= _LONGEST_NEAR or any(c.isdigit() for c in key):
        return None
    if "期限" in key and _LEVEL_WORD.search(key):
        return "level"
    near = {table[name] for name in table if len(name) >= 3 and differ_by_one(key, name)}
    return near.pop() if len(near) == 1 else None


def field_called(name: str, kind: str) -> str | None:
    """The field that is meant by its code, its title or any heading that means it; else None.

    A heading that means nothing in a book of this kind means what it does in the others.
    """
    if name in TITLES:
        return name
    by_title = {title: field for field, title in TITLES.items()}
    if name in by_title:
        return by_title[name]
    key = heading_key(name)
    tables = (_TABLES[kind], *_TABLES.values())
    return next((table[key] for table in tables if key and key in table), None)


def rank_of(heading: str, field: str) -> int:
    """How well a heading names its field: the lower, the better; for two columns of one field."""
    names = [heading_key(name) for name in _COMMON.get(field, "").split()]
    key = heading_key(heading)
    return names.index(key) if key in names else len(names)


def _table(kind: str) -> dict[str, str]:
    layers = (_UNLESS_COMMON.get(kind, {}), _COMMON, _BY_KIND[kind])
    return {
        heading_key(name): field
        for layer in layers
        for field, names in layer.items()
        for name in names.split()
    }


_TABLES = {kind: _table(kind) for kind in KINDS}
