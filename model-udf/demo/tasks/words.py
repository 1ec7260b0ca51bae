"""Names and words that several tasks share; English with Chinese beside it."""

PEOPLE = dict(
    Anna="安娜", Ben="本", Clara="克拉拉", David="大卫", Emma="艾玛", Frank="弗兰克", Grace="格蕾丝", Henry="亨利",
    Iris="艾瑞斯", Jack="杰克", Kate="凯特", Leo="利奥", Maria="玛丽亚", Nina="尼娜", Oscar="奥斯卡", Paul="保罗",
    Rosa="罗莎", Sam="山姆", Tina="蒂娜", Victor="维克多",
)  # fmt: skip
WOMEN = {"Anna", "Clara", "Emma", "Grace", "Iris", "Kate", "Maria", "Nina", "Rosa", "Tina"}
CITIES = dict(
    Paris="巴黎", London="伦敦", Rome="罗马", Beijing="北京", Shanghai="上海", Berlin="柏林", Madrid="马德里",
    Tokyo="东京", Cairo="开罗", Oslo="奥斯陆", Vienna="维也纳", Lima="利马",
)  # fmt: skip
WEEKDAYS = dict(
    Monday="星期一", Tuesday="星期二", Wednesday="星期三", Thursday="星期四", Friday="星期五", Saturday="星期六",
    Sunday="星期日",
)  # fmt: skip
