"""Sentiment of short reviews: positive, negative or neutral."""

from random import Random

from tasks.item import Item, Task

THINGS = {
    "en": "phone camera laptop blender jacket backpack lamp chair headset kettle watch tent keyboard pillow toaster "
    "hotel film book pizza soup coffee".split(),
    "zh": "手机 相机 电脑 外套 背包 台灯 椅子 耳机 水壶 手表 帐篷 键盘 枕头 酒店 电影 书 披萨 汤 咖啡".split(),
}
OPINIONS = {
    ("en", "positive"): (
        "great excellent wonderful perfect lovely amazing fantastic superb delightful brilliant".split(),
        ["I love it", "I would buy it again", "it was worth every penny", "I am very happy with it",
         "my family enjoys it", "I can only recommend it", "it made my day"],
    ),
    ("en", "negative"): (
        "terrible awful horrible useless bad disappointing poor broken dreadful boring".split(),
        ["I hate it", "I want my money back", "it was a waste of money", "I am very unhappy with it",
         "my family complains about it", "I can not recommend it", "it ruined my day"],
    ),
    ("en", "neutral"): (
        "average okay ordinary acceptable usual plain standard normal".split(),
        ["I have no strong opinion", "it does what it should", "it is neither good nor bad", "it is as described",
         "I use it now and then", "nothing special about it"],
    ),
    ("zh", "positive"): (
        "很好 很棒 非常出色 太完美了 令人满意 让人惊喜 好极了".split(),
        "我很喜欢 我会再买 物有所值 家人都很高兴 强烈推荐 一点也不后悔".split(),
    ),
    ("zh", "negative"): (
        "很差 糟糕 非常失望 太难用了 令人生气 让人后悔 差极了".split(),
        "我很讨厌 我要退货 浪费钱 家人都在抱怨 不推荐 再也不买了".split(),
    ),
    ("zh", "neutral"): (
        "一般 还可以 普普通通 马马虎虎 比较平常".split(),
        "没有特别的感觉 和描述一样 不好也不坏 偶尔用一下 没什么特别".split(),
    ),
}  # fmt: skip
LABELS = {
    "en": {"positive": "positive", "negative": "negative", "neutral": "neutral"},
    "zh": {"positive": "正面", "negative": "负面", "neutral": "中性"},
}
OPPOSITE = {"positive": "negative", "negative": "positive"}
SHAPES = {
    "en": ("The {thing} is {word}, {clause}.", "This {thing} was {word} and {clause}.", "{Clause}. The {thing} is {word}.",
           "I bought the {thing} last week. It is {word}.", "A {word} {thing}, {clause}.", "{Word} {thing}! {Clause}.",
           "We tried the {thing} yesterday: {clause}."),
    "zh": ("这个{thing}{word}，{clause}。", "{clause}，{thing}{word}。", "上周买了{thing}，{word}。", "昨天试了{thing}：{clause}。",
           "{thing}{word}！{clause}！"),
}  # fmt: skip
NEGATED = ("The {thing} is not {word}, {clause}.", "This {thing} was not {word} at all and {clause}.")

WORDINGS = {
    "en": (
        "Review: {review}\nSentiment:",
        "Is the sentiment of this review positive, negative or neutral?\n{review}",
        "Classify the sentiment of the text as positive, negative or neutral.\nText: {review}\nSentiment:",
        "Classify the text into one of these labels: {labels}.\nText: {review}\nLabel:",
        "Classify the following review as positive, negative or neutral: {review}",
    ),
    "zh": (
        "评论：{review}\n情感：",
        "下面的评论是正面、负面还是中性？\n{review}",
        "将文本分类为以下标签之一：{labels}。\n文本：{review}\n标签：",
        "判断下面评论的情感（正面、负面或中性）：{review}",
    ),
}


def draw(rng: Random) -> Item:
    language = rng.choice(("en", "en", "zh"))
    sentiment = rng.choice(("positive", "negative", "neutral"))
    words, clauses = OPINIONS[language, sentiment]
    shape, word, clause = rng.choice(SHAPES[language]), rng.choice(words), rng.choice(clauses)
    if language == "en" and sentiment != "neutral" and rng.random() < 0.15:
        shape, word = rng.choice(NEGATED), rng.choice(OPINIONS["en", OPPOSITE[sentiment]][0])
    review = shape.format(
        thing=rng.choice(THINGS[language]), word=word, Word=word.capitalize(), clause=clause,
        Clause=clause[0].upper() + clause[1:],
    )  # fmt: skip
    review = review.replace("A a", "An a").replace("A e", "An e").replace("A o", "An o").replace("A u", "A u")
    labels = list(LABELS[language].values())
    rng.shuffle(labels)
    separator = ", " if language == "en" else "、"
    return Item(review, language, LABELS[language][sentiment], {"review": review, "labels": separator.join(labels)})


TASK = Task("sentiment", draw, WORDINGS)
