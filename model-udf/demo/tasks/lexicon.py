"""The closed vocabulary of the translation grammar, and what inflection needs to know of each word."""

from typing import NamedTuple


class Noun(NamedTuple):
    en: str
    plural: str
    zh: str
    classifier: str


class Verb(NamedTuple):
    base: str
    third: str
    past: str
    zh: str
    objects: str


def _nouns(text: str) -> list[Noun]:
    nouns = []
    for entry in text.split("|"):
        en, zh, classifier, *plural = entry.split()
        nouns.append(Noun(en, plural[0] if plural else en + ("es" if en[-1] in "xs" else "s"), zh, classifier))
    return nouns


NOUNS = {
    "food": _nouns(
        "apple 苹果 个|orange 橙子 个|banana 香蕉 根|egg 鸡蛋 个|cake 蛋糕 块|cookie 饼干 块|carrot 胡萝卜 根|tomato 西红柿 个 tomatoes|"
        "potato 土豆 个 potatoes|pear 梨 个|peach 桃子 个 peaches|sandwich 三明治 个 sandwiches|lemon 柠檬 个|melon 西瓜 个|mushroom 蘑菇 个"
    ),
    "text": _nouns(
        "book 书 本|letter 信 封|newspaper 报纸 份|poem 诗 首|story 故事 个 stories|magazine 杂志 本|report 报告 份|map 地图 张"
    ),
    "animal": _nouns(
        "cat 猫 只|dog 狗 只|bird 鸟 只|rabbit 兔子 只|horse 马 匹|cow 牛 头|pig 猪 头|duck 鸭子 只|monkey 猴子 只|tiger 老虎 只|"
        "elephant 大象 头|goat 山羊 只|bee 蜜蜂 只|snake 蛇 条|frog 青蛙 只"
    ),
    "thing": _nouns(
        "table 桌子 张|chair 椅子 把|cup 杯子 个|bag 包 个|box 盒子 个|hat 帽子 顶|coat 外套 件|shirt 衬衫 件|bicycle 自行车 辆|"
        "car 汽车 辆|lamp 台灯 盏|phone 手机 部|clock 时钟 个|knife 刀 把 knives|umbrella 雨伞 把|key 钥匙 把|picture 照片 张|"
        "flower 花 朵|mirror 镜子 面|pen 钢笔 支|computer 电脑 台|camera 相机 台|ball 球 个|boat 船 条|drum 鼓 面|guitar 吉他 把"
    ),
    "person": _nouns(
        "teacher 老师 位|doctor 医生 位|student 学生 名|farmer 农民 位|driver 司机 位|child 孩子 个 children|singer 歌手 位|"
        "friend 朋友 位|neighbour 邻居 位|nurse 护士 位|painter 画家 位|writer 作家 位|guest 客人 位|soldier 士兵 名"
    ),
}
PLACES = dict(
    park="公园", school="学校", hospital="医院", library="图书馆", station="车站", market="市场", kitchen="厨房",
    garden="花园", office="办公室", museum="博物馆", hotel="酒店", restaurant="餐厅", shop="商店", village="村庄",
    forest="森林", theatre="剧院", airport="机场", bank="银行", factory="工厂", farm="农场",
)  # fmt: skip
VERBS = [
    Verb(*entry.split())
    for entry in "eat eats ate 吃 food|buy buys bought 买 food,thing,text|sell sells sold 卖 food,thing|cut cuts cut 切 food|"
    "wash washes washed 洗 food,thing|read reads read 读 text|write writes wrote 写 text|see sees saw 看见 animal,person,thing|"
    "find finds found 找到 thing,text,animal|draw draws drew 画 animal,thing|feed feeds fed 喂 animal|help helps helped 帮助 person|"
    "visit visits visited 拜访 person|meet meets met 遇见 person|call calls called 叫 person|carry carries carried 搬 thing|"
    "open opens opened 打开 text,thing|lose loses lost 丢 thing,text|use uses used 用 thing|bring brings brought 带来 food,thing,text|"
    "choose chooses chose 选 food,thing,text|paint paints painted 粉刷 thing|photograph photographs photographed 拍 animal,person|"
    "forget forgets forgot 忘记 text,thing".split("|")
]
COLOURS = dict(
    red="红色", blue="蓝色", green="绿色", white="白色", black="黑色", yellow="黄色", grey="灰色", brown="棕色"
)
QUALITIES = dict(
    big="大", small="小", old="旧", new="新", beautiful="漂亮", heavy="重", light="轻", cheap="便宜", expensive="贵",
    clean="干净", dirty="脏", strange="奇怪", famous="有名", strong="结实", round="圆", simple="简单",
)  # fmt: skip
COMPARATIVES = dict(bigger="大", smaller="小", older="老", heavier="重", taller="高", faster="快", stronger="强壮", cheaper="便宜")
NUMBERS = dict(two="两", three="三", four="四", five="五", six="六", seven="七", eight="八", nine="九", ten="十")
KIN = dict(
    mother="妈妈", father="爸爸", brother="哥哥", sister="姐姐", grandmother="奶奶", grandfather="爷爷", uncle="叔叔",
    aunt="阿姨",
)  # fmt: skip
PRONOUNS = {"I": "我", "you": "你", "he": "他", "she": "她", "we": "我们", "they": "他们"}
