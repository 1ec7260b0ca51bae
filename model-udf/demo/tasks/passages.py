"""Questions about a passage that states a few facts about people."""

from random import Random

from tasks.item import Item, Task
from tasks.words import CITIES, PEOPLE

JOBS = dict(
    teacher="老师", doctor="医生", farmer="农民", singer="歌手", driver="司机", writer="作家", cook="厨师", painter="画家"
)
PETS = dict(cat="猫", dog="狗", horse="马", rabbit="兔子", parrot="鹦鹉", goat="山羊")
# Statement and question in both languages, and the words that fill them.
RELATIONS = (
    ("{} lives in {}.", "Where does {} live?", "{}住在{}。", "{}住在哪里？", CITIES),
    ("{} works as a {}.", "What is the job of {}?", "{}是一名{}。", "{}的工作是什么？", JOBS),
    ("{} has a {}.", "Which animal does {} have?", "{}有一只{}。", "{}养了什么动物？", PETS),
)
WORDINGS = {
    "en": (
        "Passage: {passage}\nQuestion: {question}\nAnswer:",
        "Answer the question from the text.\nText: {passage}\nQuestion: {question}",
    ),
    "zh": ("短文：{passage}\n问题：{question}\n回答：", "根据文本回答问题。\n文本：{passage}\n问题：{question}"),
}


def draw(rng: Random) -> Item:
    language = rng.choice(("en", "en", "zh"))
    side = 0 if language == "en" else 1
    facts = []
    for who in rng.sample(list(PEOPLE.items()), rng.randint(2, 3)):
        for relation in rng.sample(RELATIONS, rng.randint(1, 2)):
            facts.append((who[side], relation, rng.choice(list(relation[4].items()))[side]))
    rng.shuffle(facts)
    passage = (" " if language == "en" else "").join(r[2 * side].format(who, value) for who, r, value in facts)
    who, relation, value = rng.choice(facts)
    question = relation[2 * side + 1].format(who)
    return Item(f"{passage}\n{question}", language, value, {"passage": passage, "question": question})


TASK = Task("passage", draw, WORDINGS)
