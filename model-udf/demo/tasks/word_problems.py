"""Word problems of two or three steps in GSM8K's form, with its calculator marks and final line."""

import re
from dataclasses import dataclass
from random import Random

from tasks.item import Item, Task
from tasks.words import PEOPLE, WOMEN

ITEMS = "apples pens books cards stamps shells coins balls cookies stickers marbles candles".split()
HOLDERS = "boxes bags baskets drawers jars".split()


@dataclass(frozen=True)
class Template:
    """Text with {variables}; steps with calculations such as {a*b}, where x and y are the first two results."""

    question: str
    steps: tuple[str, ...]


def _template(question: str, *steps: str) -> Template:
    return Template(question, steps)


TEMPLATES = (
    _template("{n} has {a} {h} with {b} {i} in each. {He} buys {c} more {i}. How many {i} does {n} have now?",
              "In the {h} there are {a*b} {i}.", "Now {n} has {x+c} {i}."),
    _template("{n} has {a} {h} with {b} {i} in each. {He} gives {c} {i} to {m}. How many {i} does {n} have left?",
              "In the {h} there are {a*b} {i}.", "{n} has {x-c} {i} left."),
    _template("{n} has {d} {i}. {He} gives away {b} of them and buys {c} more. How many {i} does {n} have now?",
              "After giving some away {n} has {d-b} {i}.", "Now {n} has {x+c} {i}."),
    _template("{n} has {c} {i} and {m} has {b} more {i} than {n}. How many {i} do they have together?",
              "{m} has {c+b} {i}.", "Together they have {c+x} {i}."),
    _template("{n} has {c} {i}. {m} has {a} times as many. How many {i} do they have together?",
              "{m} has {a*c} {i}.", "Together they have {c+x} {i}."),
    _template("{n} buys {a} {i} for {b} dollars each. {He} pays with {d} dollars. How many dollars does {n} get back?",
              "The {i} cost {a*b} dollars.", "{n} gets {d-x} dollars back."),
    _template("{n} buys {a} pens for {b} dollars each and a book for {c} dollars. How many dollars does {n} spend?",
              "The pens cost {a*b} dollars.", "{n} spends {x+c} dollars."),
    _template("{n} earns {b} dollars an hour. {He} works {a} hours and then spends {c} dollars. How many dollars are left?",
              "{n} earns {a*b} dollars.", "There are {x-c} dollars left."),
    _template("{n} reads {a} pages a day for {b} days. The book has {d} pages. How many pages are left?",
              "{n} reads {a*b} pages.", "There are {d-x} pages left."),
    _template("A bus has {d} people. {b} people get off and {c} people get on. How many people are on the bus now?",
              "After the stop there are {d-b} people.", "Now there are {x+c} people."),
    _template("{n} has {d} {i} and shares them equally among {a} friends. Each friend already had {b} {i}. "
              "How many {i} does each friend have now?",
              "Each friend gets {d/a} {i}.", "Now each friend has {x+b} {i}."),
    _template("{n} picks {c} {i} and {m} picks {d} {i}. They put them equally into {a} bags. How many {i} are in each bag?",
              "Together they have {c+d} {i}.", "In each bag there are {x/a} {i}."),
    _template("{n} has {a} {h} with {b} {i} in each. {He} finds {c} more {i} and loses {e} {i}. How many {i} does {n} have now?",
              "In the {h} there are {a*b} {i}.", "After finding more {n} has {x+c} {i}.", "Now {n} has {y-e} {i}."),
    _template("{n} buys {a} pens for {b} dollars each and {e} books for {f} dollars each. How many dollars does {n} spend?",
              "The pens cost {a*b} dollars.", "The books cost {e*f} dollars.", "{n} spends {x+y} dollars."),
    _template("{n} runs {a} miles a day and {m} runs {e} miles a day. How many miles do they run together in {b} days?",
              "In a day they run {a+e} miles.", "In {b} days they run {x*b} miles."),
    _template("{n} has {c} red {i} and {d} blue {i}. {He} loses {b} of them. How many {i} does {n} have left?",
              "At first {n} has {c+d} {i}.", "{n} has {x-b} {i} left."),
)  # fmt: skip
CALCULATION = re.compile(r"\{(\w)([-+*/])(\w)\}")
WORDINGS = {"en": ("Question: {question}\nAnswer:", "{question}")}


def compute(left: int, operator: str, right: int) -> int | None:
    """None where the result is no whole number from 1 to 99."""
    if operator == "/":
        return left // right if left % right == 0 and left > right else None
    result = {"+": left + right, "-": left - right, "*": left * right}[operator]
    return result if 1 <= result <= 99 else None


def solve(template: Template, values: dict) -> tuple[str, int] | None:
    """Worked steps and the result; None where a step leaves the numbers from 1 to 99."""
    lines, result = [], None
    for step, name in zip(template.steps, "xyz"):
        left, operator, right = CALCULATION.search(step).groups()
        result = compute(values[left], operator, values[right])
        if result is None:
            return None
        marked = f"<<{values[left]}{operator}{values[right]}={result}>>{result}"
        lines.append(CALCULATION.sub(marked, step).format(**values))
        values[name] = result
    return "\n".join(lines), result


def draw(rng: Random) -> Item:
    while True:
        n, m = rng.sample(list(PEOPLE), 2)
        values = {key: rng.randint(2, 9) for key in "abef"} | {"c": rng.randint(2, 20), "d": rng.randint(10, 60)}
        values |= {"n": n, "m": m, "He": "She" if n in WOMEN else "He", "i": rng.choice(ITEMS), "h": rng.choice(HOLDERS)}
        template = rng.choice(TEMPLATES)
        question = template.question.format(**values)
        solved = solve(template, values)
        if solved:
            steps, result = solved
            return Item(question, "en", f"{steps}\n#### {result}", {"question": question})


def drill(rng: Random) -> list[tuple[str, str]]:
    """Calculations alone, each as what is given and what is to be found."""
    done = []
    while len(done) < 6:
        operator = rng.choice("+-*/")
        small, left = rng.randint(2, 9), rng.randint(2, 60)
        right = small if operator in "*/" else rng.randint(2, 60)
        result = compute(left, operator, right)
        if result is not None:
            done.append((f"<<{left}{operator}{right}=", f"{result}>>{result}"))
    return done


TASK = Task("word_problem", draw, WORDINGS)
