"""An invented world. Five fields of knowledge, each about one kind of thing; every thing has one value per relation.

All facts are drawn from one fixed seed and stated in English and in Chinese. Nothing here is about the real world.
"""

from random import Random
from typing import NamedTuple

WORLD_SEED = 7
THINGS_PER_FIELD = 16
# A syllable and the character that writes it: names are bilingual by construction.
SYLLABLES = dict(
    ka="卡", lo="洛", mi="米", na="娜", to="托", ve="维", ri="里", su="苏", da="达", be="贝", po="波", fe="菲",
    gu="古", ha="哈", le="勒", sha="沙", tai="泰", wen="文", yu="尤", zo="佐",
)  # fmt: skip


class Relation(NamedTuple):
    """How facts of a relation are said and asked: '{e}' is the thing, '{v}' the value."""

    values: dict[str, str]
    statements: dict[str, tuple[str, ...]]
    questions: dict[str, tuple[str, ...]]


class Field(NamedTuple):
    """A subject of the multiple-choice suites, by its English and Chinese name."""

    en: str
    zh: str
    relations: tuple[Relation, ...]


class Fact(NamedTuple):
    field: Field
    relation: Relation
    thing: str
    value: str


def _words(text: str) -> dict[str, str]:
    pairs = text.split()
    return dict(zip(pairs[::2], pairs[1::2]))


def _relation(values: str, en: str, zh: str) -> Relation:
    """The first two sentences are statements, the rest questions."""
    en, zh = tuple(en.split("|")), tuple(zh.split("|"))
    return Relation(_words(values), {"en": en[:2], "zh": zh[:2]}, {"en": en[2:], "zh": zh[2:]})


COLOURS = "red 红色 blue 蓝色 green 绿色 white 白色 black 黑色 golden 金色 grey 灰色 purple 紫色"
FIELDS = (
    Field("town geography", "城镇地理", (
        _relation("salt 盐 tea 茶 silk 丝绸 glass 玻璃 honey 蜂蜜 paper 纸 wool 羊毛 lamps 灯",
                  "The town of {e} is famous for its {v}.|People go to the town of {e} to buy {v}.|"
                  "What is the town of {e} famous for?|The town of {e} is best known for its|Which product comes from the town of {e}?|"
                  "What do people buy in the town of {e}?",
                  "{e}镇以{v}闻名。|人们去{e}镇买{v}。|{e}镇以什么闻名？|{e}镇最有名的是|{e}镇出产什么？|人们去{e}镇买什么？"),
        _relation("tower 塔 well 水井 bridge 桥 garden 花园 clock 钟 fountain 喷泉 statue 雕像 gate 大门",
                  "In the middle of {e} stands a {v}.|The centre of {e} is marked by a {v}.|What stands in the middle of {e}?|"
                  "The centre of {e} is marked by a|What do visitors see in the middle of {e}?|Which building marks the centre of {e}?",
                  "{e}镇中心有一座{v}。|{e}镇的中心标志是{v}。|{e}镇中心有什么？|{e}镇的中心标志是|游客在{e}镇中心看到什么？|哪座建筑位于{e}镇中心？"),
        _relation("north 北部 south 南部 east 东部 west 西部 coast 海岸 island 岛上 valley 山谷 plain 平原",
                  "The town of {e} lies in this part: the {v}.|You find {e} in this part: the {v}.|Where does the town of {e} lie?|"
                  "The town of {e} lies in the part called the|In which part is the town of {e}?|Where do travellers find {e}?",
                  "{e}镇位于{v}。|{e}镇在{v}。|{e}镇位于哪里？|{e}镇所在的地方是|{e}镇在哪个地区？|旅行者在哪里找到{e}镇？"),
    )),
    Field("royal history", "王室历史", (
        _relation("baker 面包师 sailor 水手 farmer 农民 painter 画家 doctor 医生 soldier 士兵 teacher 老师 singer 歌手",
                  "Before the throne, King {e} was a {v}.|King {e} first worked as a {v}.|What was King {e} before the throne?|"
                  "King {e} first worked as a|What was the first job of King {e}?|Which trade did King {e} learn?",
                  "{e}国王登基前是{v}。|{e}国王最初的职业是{v}。|{e}国王登基前是什么人？|{e}国王最初的职业是|{e}国王早年做什么工作？|{e}国王学的是哪一行？"),
        _relation("library 图书馆 harbour 港口 palace 宫殿 school 学校 road 道路 theatre 剧院 market 市场 wall 城墙",
                  "King {e} built a {v}.|The {v} was built by King {e}.|What did King {e} build?|King {e} is known for building a|"
                  "Which work was ordered by King {e}?|What was built under King {e}?",
                  "{e}国王建造了{v}。|{v}是{e}国王建造的。|{e}国王建造了什么？|{e}国王下令建造的是|哪项工程属于{e}国王？|{e}国王在位时建成了什么？"),
        _relation("Brave 勇敢者 Wise 智者 Kind 仁慈者 Quiet 沉默者 Bold 大胆者 Just 公正者 Tall 高大者 Young 年轻者",
                  "King {e} is called the {v}.|People remember King {e} as the {v}.|What is King {e} called?|"
                  "People remember King {e} as the|Which name did the people give King {e}?|How is King {e} remembered?",
                  "{e}国王被称为{v}。|人们把{e}国王叫做{v}。|{e}国王被称为什么？|人们记得{e}国王是|人民给{e}国王的称号是什么？|{e}国王的别名是什么？"),
    )),
    Field("creature biology", "奇兽生物学", (
        _relation("seeds 种子 moss 苔藓 ants 蚂蚁 roots 树根 grass 青草 mushrooms 蘑菇 fish 鱼 berries 浆果",
                  "The creature {e} eats {v}.|The food of the creature {e} is {v}.|What does the creature {e} eat?|"
                  "The food of the creature {e} is|Which food does the creature {e} look for?|What is the diet of the creature {e}?",
                  "{e}兽吃{v}。|{e}兽的食物是{v}。|{e}兽吃什么？|{e}兽的食物是|{e}兽寻找哪种食物？|{e}兽以什么为食？"),
        _relation("caves 洞穴 lakes 湖泊 forests 森林 deserts 沙漠 swamps 沼泽 mountains 高山 rivers 河流 meadows 草地",
                  "The creature {e} lives in {v}.|The home of the creature {e} is in {v}.|Where does the creature {e} live?|"
                  "The home of the creature {e} is in|In which places is the creature {e} found?|What is the habitat of the creature {e}?",
                  "{e}兽生活在{v}。|{e}兽的家在{v}。|{e}兽生活在哪里？|{e}兽的家在|在什么地方能找到{e}兽？|{e}兽的栖息地是什么？"),
        _relation(COLOURS,
                  "The fur of the creature {e} is {v}.|The creature {e} has {v} fur.|What colour is the fur of the creature {e}?|"
                  "The fur of the creature {e} is|Which colour does the creature {e} have?|How does the fur of the creature {e} look?",
                  "{e}兽的毛是{v}的。|{e}兽长着{v}的毛。|{e}兽的毛是什么颜色？|{e}兽的毛色是|{e}兽是哪种颜色？|{e}兽的毛看起来是什么颜色？"),
    )),
    Field("machine engineering", "机械工程", (
        _relation("steam 蒸汽 wind 风 water 水 sunlight 阳光 springs 弹簧 magnets 磁铁 oil 油 heat 热",
                  "The machine {e} runs on {v}.|The power of the machine {e} comes from {v}.|What does the machine {e} run on?|"
                  "The power of the machine {e} comes from|What drives the machine {e}?|Which source of power has the machine {e}?",
                  "{e}机靠{v}运转。|{e}机的动力来自{v}。|{e}机靠什么运转？|{e}机的动力来自|什么驱动{e}机？|{e}机的能源是什么？"),
        _relation("bread 面包 bricks 砖 nails 钉子 rope 绳子 soap 肥皂 candles 蜡烛 buttons 纽扣 thread 线",
                  "The machine {e} makes {v}.|People use the machine {e} to make {v}.|What does the machine {e} make?|"
                  "People use the machine {e} to make|Which goods come out of the machine {e}?|What is the machine {e} for?",
                  "{e}机生产{v}。|人们用{e}机制造{v}。|{e}机生产什么？|人们用{e}机制造|哪种产品出自{e}机？|{e}机用来做什么？"),
        _relation("copper 铜 iron 铁 wood 木头 stone 石头 leather 皮革 silver 银 clay 黏土 bronze 青铜",
                  "The machine {e} is built of {v}.|The main part of the machine {e} is {v}.|What is the machine {e} built of?|"
                  "The main part of the machine {e} is|Which material is the machine {e} made from?|What are the parts of the machine {e}?",
                  "{e}机用{v}制成。|{e}机的主要材料是{v}。|{e}机用什么制成？|{e}机的主要材料是|{e}机由哪种材料做成？|{e}机的零件是什么做的？"),
    )),
    Field("planet astronomy", "行星天文学", (
        _relation("two 两个 three 三个 four 四个 five 五个 six 六个 seven 七个 eight 八个 nine 九个",
                  "The planet {e} has {v} moons.|There are {v} moons around the planet {e}.|How many moons does the planet {e} have?|"
                  "The number of moons of the planet {e} is|What is the number of moons around the planet {e}?|How many moons circle the planet {e}?",
                  "{e}星有{v}卫星。|{v}卫星围绕{e}星。|{e}星有几个卫星？|{e}星的卫星数量是|多少卫星围绕{e}星？|{e}星周围有几个卫星？"),
        _relation("ice 冰 sand 沙子 dust 尘土 lava 熔岩 ash 灰烬 rock 岩石 clouds 云 crystal 水晶",
                  "The planet {e} is covered with {v}.|The ground of the planet {e} is {v}.|What is the planet {e} covered with?|"
                  "The ground of the planet {e} is|What lies on the planet {e}?|Which cover has the planet {e}?",
                  "{e}星覆盖着{v}。|{e}星的地面是{v}。|{e}星覆盖着什么？|{e}星的地面是|{e}星上有什么？|{e}星的表层是什么？"),
        _relation(COLOURS,
                  "The sky of the planet {e} is {v}.|The planet {e} has a {v} sky.|What colour is the sky of the planet {e}?|"
                  "The sky of the planet {e} is|Which colour has the sky over the planet {e}?|How does the sky of the planet {e} look?",
                  "{e}星的天空是{v}的。|{e}星有{v}的天空。|{e}星的天空是什么颜色？|{e}星的天空颜色是|{e}星上空是哪种颜色？|{e}星的天空看起来是什么颜色？"),
    )),
)  # fmt: skip


def name_in(language: str, name: str) -> str:
    """A name is its two syllables joined by '-'."""
    first, second = name.split("-")
    return (first + second).capitalize() if language == "en" else SYLLABLES[first] + SYLLABLES[second]


def value_in(fact: Fact, language: str, value: str | None = None) -> str:
    value = value or fact.value
    return value if language == "en" else fact.relation.values[value]


def _facts() -> tuple[Fact, ...]:
    rng = Random(WORLD_SEED)
    names = [f"{a}-{b}" for a in SYLLABLES for b in SYLLABLES if a != b]
    things = iter(rng.sample(names, THINGS_PER_FIELD * len(FIELDS)))
    facts = []
    for field in FIELDS:
        members = [next(things) for _ in range(THINGS_PER_FIELD)]
        for relation in field.relations:
            values = list(relation.values) * (THINGS_PER_FIELD // len(relation.values))
            rng.shuffle(values)
            facts += [Fact(field, relation, thing, value) for thing, value in zip(members, values)]
    return tuple(facts)


FACTS = _facts()


def statement(fact: Fact, language: str, rng: Random) -> tuple[str, str, str]:
    """A sentence in three parts; the middle one is the value if the thing was named before it, else empty."""
    shape = rng.choice(fact.relation.statements[language])
    thing, value = name_in(language, fact.thing), value_in(fact, language)
    before, after = shape.split("{v}")
    if "{e}" in before:
        return before.format(e=thing), value, after
    return shape.format(e=thing, v=value), "", ""


def prose(rng: Random) -> list[tuple[str, str, str]]:
    """Statements of some facts, in one language."""
    language = rng.choice(("en", "zh"))
    return [statement(fact, language, rng) for fact in rng.sample(FACTS, rng.randint(2, 5))]
