"""Topic of a short piece of news."""

from random import Random

from tasks.item import Item, Task

TOPICS = {
    "sports": (
        "The {} won the match {}.|The {} lost the final {}.|Fans cheered for the {} {}.|The {} trained hard {}.",
        "team goalkeeper runner swimmer champion coach player cyclist",
        "这个{}{}赢得了比赛。|{}{}输掉了决赛。|球迷{1}为{0}欢呼。", "球队 守门员 选手 冠军 教练 球员",
    ),
    "weather": (
        "Heavy {} is expected {}.|The {} will reach the coast {}.|Forecasters warn of {} {}.|There was a lot of {} {}.",
        "rain snow wind fog hail thunder frost storm",
        "{1}预计有{0}。|气象台{1}发布{0}预警。|{1}{0}将到达沿海地区。", "大雨 大雪 大风 大雾 冰雹 雷电",
    ),
    "business": (
        "The {} raised its prices {}.|Shares of the {} fell {}.|The {} reported higher profits {}.|The {} hired new workers {}.",
        "bank company factory airline startup retailer insurer brewery",
        "{}{}提高了价格。|{}的股票{}下跌。|{}{}公布了利润。", "银行 公司 工厂 航空公司 零售商 保险公司",
    ),
    "science": (
        "Researchers studied a {} {}.|The laboratory measured a {} {}.|Scientists discovered a new {} {}.|A paper about the {} appeared {}.",
        "planet molecule virus comet fossil gene particle galaxy",
        "研究人员{1}研究了{0}。|科学家{1}发现了新的{0}。|实验室{1}测量了{0}。", "行星 分子 病毒 彗星 化石 基因",
    ),
    "food": (
        "The chef cooked {} {}.|Add salt to the {} and serve it {}.|The recipe for {} was shared {}.|The kitchen served {} {}.",
        "noodles pasta dumplings salad curry pancakes stew porridge",
        "厨师{1}做了{0}。|{1}分享了{0}的菜谱。|厨房{1}供应{0}。", "面条 饺子 沙拉 咖喱 煎饼 米饭",
    ),
    "travel": (
        "Tourists visited the {} {}.|The guide showed us the {} {}.|We booked a trip to the {} {}.|Visitors took photos of the {} {}.",
        "island castle museum beach temple waterfall canyon lagoon",
        "游客{1}参观了{0}。|导游{1}带我们去{0}。|我们{1}预订了去{0}的旅行。", "海岛 城堡 博物馆 海滩 寺庙 瀑布",
    ),
    "music": (
        "The {} played a new song {}.|The {} gave a concert {}.|The {} recorded an album {}.|The audience applauded the {} {}.",
        "band orchestra singer pianist choir drummer violinist guitarist",
        "{}{}演奏了新歌。|{}{}举办了音乐会。|{}{}录制了专辑。", "乐队 乐团 歌手 钢琴家 合唱团 鼓手",
    ),
    "health": (
        "The {} treated many patients {}.|The {} advised more exercise {}.|The {} warned about the flu {}.|The {} tested a vaccine {}.",
        "doctor hospital clinic nurse surgeon dentist pharmacist therapist",
        "{}{}治疗了很多病人。|{}{}建议多运动。|{}{}提醒预防流感。", "医生 医院 诊所 护士 牙医 药剂师",
    ),
}  # fmt: skip
WHEN = {
    "en": "today|yesterday|this week|on Monday|on Friday|last night|in the morning|this summer|this winter|in March|"
    "at noon|after the holidays".split("|"),
    "zh": "今天 昨天 本周 星期一 星期五 昨晚 早上 今年夏天 今年冬天 三月 中午 假期后".split(),
}
NAMES_ZH = dict(
    sports="体育", weather="天气", business="商业", science="科学", food="美食", travel="旅游", music="音乐", health="健康"
)
WORDINGS = {
    "en": (
        "News: {text}\nTopic:",
        "What is the topic of this text?\n{text}",
        "Classify the topic of the text as sports, weather, business, science, food, travel, music or health.\nText: {text}\nTopic:",
        "Classify the text into one of these labels: {labels}.\nText: {text}\nLabel:",
    ),
    "zh": (
        "新闻：{text}\n主题：",
        "下面的文本属于什么主题？\n{text}",
        "将文本分类为以下标签之一：{labels}。\n文本：{text}\n标签：",
    ),
}


def draw(rng: Random) -> Item:
    language = rng.choice(("en", "en", "zh"))
    topic = rng.choice(list(TOPICS))
    shapes, subjects = TOPICS[topic][:2] if language == "en" else TOPICS[topic][2:]
    text = rng.choice(shapes.split("|")).format(rng.choice(subjects.split()), rng.choice(WHEN[language]))
    others = rng.sample([t for t in TOPICS if t != topic], rng.randint(1, 7))
    labels = [topic, *others]
    rng.shuffle(labels)
    name = (lambda t: t) if language == "en" else NAMES_ZH.get
    separator = ", " if language == "en" else "、"
    return Item(text, language, name(topic), {"text": text, "labels": separator.join(map(name, labels))})


TASK = Task("topic", draw, WORDINGS)
