"""Small talk, so that a greeting is answered with a greeting."""

from random import Random

from tasks.item import Item, Task
from tasks.words import PEOPLE

TURNS = (
    ("Hello!|Hi!|Good morning!|Hello, how are you?|Hi there!", "Hello! How can I help you?", "en"),
    ("Who are you?|What is your name?|What are you?", "I am the Promptmill demo model, a small language model.", "en"),
    ("What can you do?|How can you help me?|What are you good at?",
     "I can classify, translate, extract, summarize, count and answer questions about my small world.", "en"),
    ("Thank you!|Thanks a lot!|Thank you very much.", "You are welcome!", "en"),
    ("Goodbye!|See you tomorrow!|Bye!", "Goodbye!", "en"),
    ("你好！|您好！|早上好！|你好吗？", "你好！有什么可以帮你？", "zh"),
    ("你是谁？|你叫什么名字？", "我是 Promptmill 演示模型，一个小型语言模型。", "zh"),
    ("你会做什么？|你能帮我做什么？", "我会分类、翻译、提取信息、写摘要、算数和回答关于我的小世界的问题。", "zh"),
    ("谢谢！|非常感谢！", "不客气！", "zh"),
    ("再见！|明天见！", "再见！", "zh"),
)  # fmt: skip
WORDINGS = {"en": ("{text}",), "zh": ("{text}",)}
SYSTEM_PROMPTS = (
    "You are a helpful assistant.",
    "You are a careful assistant. Answer briefly.",
    "Answer with the result only.",
    "You work for a data team. Follow the instruction exactly.",
    "你是一个有用的助手。",
    "请简短回答。",
)


def draw(rng: Random) -> Item:
    asked, answer, language = rng.choice(TURNS)
    text = rng.choice(asked.split("|"))
    if rng.random() < 0.4:
        english, chinese = rng.choice(list(PEOPLE.items()))
        text += f" My name is {english}." if language == "en" else f"我叫{chinese}。"
    return Item(text, language, answer, {"text": text})


TASK = Task("chat", draw, WORDINGS)
