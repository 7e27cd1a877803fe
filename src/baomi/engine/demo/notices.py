"""Notices on holidays as the State Council's office published them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple


class Published(NamedTuple):
    """A notice: its number, its day, and its text."""

    number: str
    published_on: date
    text: str


# a year whose notice is not public when the program is released is left to whoever keeps the office
NOTICES: Final[Mapping[int, Published]] = {
    2026: Published(
        "国办发明电〔2025〕7号",
        date(2025, 11, 4),
        "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n"
        "二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。"
        "2月14日（周六）、2月28日（周六）上班。\n"
        "三、清明节：4月4日（周六）至6日（周一）放假，共3天。\n"
        "四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n"
        "五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n"
        "六、中秋节：9月25日（周五）至27日（周日）放假，共3天。\n"
        "七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。"
        "9月20日（周日）、10月10日（周六）上班。",
    ),
}
