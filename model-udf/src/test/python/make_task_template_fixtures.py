"""Writes the fixtures of task templates under src/test/resources/text/task.

Texts, values and errors come from Jinja2 set up as in lm-evaluation-harness's apply_template, not
from Promptmill.

    python3 -m venv venv && venv/bin/pip install jinja2==3.1.6
    venv/bin/python make_task_template_fixtures.py
"""

import json
import random
import re
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined

OUTPUT = Path(__file__).parent.parent / "resources" / "text" / "task"

DOCUMENT = {
    "question": "  \u3000What is 2 + 2?\u00a0\n",
    "choices": ["one", "it's", 'say "four"', "a\\b\n\u3000\t\x7f"],
    "options": {"text": ["red", "green", "blue"], "label": ["A", "B", "C"]},
    "answer": 2,
    "answerKey": "B",
    "label": "1",
    "score": 0.5,
    "whole": 3.0,
    "big": 12345678901234567,
    "tiny": 1.5e-07,
    "huge": 2e23,
    "flag": True,
    "off": False,
    "nothing": None,
    "empty": "",
    "empties": [],
    "mod": "a field named like a keyword",
    "words": "the Quick  brown\tfox",
    "sentence": "Sarah was better than Maria so _ got the easy cases.",
    "emoji": "a\U0001f600b",
    "mixed": "ÉCOLE straße ΣΊΣΥΦΟΣ",
    "markup": "Do it. [title] Cut [step] the {{cloth}} {% raw %} & <b>",
    "false_text": "false",
    "rows": [{"k": "x", "v": 1}, {"k": "y", "v": 2}],
    "numbers": [3, 1, 2],
}

EXPRESSIONS = """
question
question.strip()
question.lstrip()
question.rstrip()
question|trim
answer
score
whole
big
tiny
huge
flag
off
nothing
empty
mod
choices
options
rows
choices[0]
choices[-1]
choices[answer]
choices[9]
choices[1:3]
choices[:2]
choices[2:]
choices[-2:]
choices[5:9]
options.text
options['text'][1]
options.label.index(answerKey)
options.label.index('Z')
['A', 'B', 'C', 'D'].index(answerKey)
options.text[options.label.index(answerKey)]
options.missing
options.missing.more
missing
missing.strip()
missing is defined
answer is defined
nothing is defined
nothing is none
missing|default('x')
nothing|default('x')
empty|default('x', true)
empty|default('x', boolean=True)
answer + 1
answer - 5
answer * 3
answer / 2
7 / 2
7 // 2
-7 // 2
7 % 3
-7 % 3
7.5 % 2
-7.5 // 2
2 ** 10
2 ** -1
-2 ** 2
1 + 2 * 3
(1 + 2) * 3
answer +1
answer -1
1 / 0
'a' + 'b'
'a' + 1
'a' ~ 1
'a' ~ 1 + 2 ~ 'b'
'n=' ~ nothing ~ flag ~ score
choices[0] + choices[1]
[1] + [2, 'x']
'ab' * 3
[0] * 2
1 == 1.0
1 == True
'1' == 1
'a' < 'b'
1 < 2 < 3
3 > 2 > 2
'a' < 1
'\U0001f600' > '\uffff'
[1, 2] == [1, 2]
answer == 2 and flag
empty or 'other'
empty and missing
nothing or off
not flag
not answer == 3
not off and flag
'Quick' in words
'x' not in words
'green' in options.text
'text' in options
answer in [1, 2]
1 in 'a1'
'yes' if flag else 'no'
'yes' if empty else 'no'
'yes' if false_text else 'no'
'a' if off else 'b' if off else 'c'
missing if off else 'fine'
answer if answer is defined else label
label if missing is not defined else missing
label|int
label|int + 1
'x'|int
'x'|int(7)
' 12 '|int
'3.9'|int
score|int
flag|int
'2.5'|float
answer|float
'abc'|length
emoji|length
choices|length
options|length
choices|count
choices|first
choices|last
empties|first
options.text|join
options.text|join(', ')
numbers|join('-')
options.text|join(d=' ')
', '.join(options.text)
', '.join(numbers)
mixed|lower
mixed|upper
mixed.lower()
mixed.capitalize()
words|capitalize
words.split()
words.split(' ')
words.split('  ')
sentence.split('_')
sentence.split('_', 1)
sentence.split('_')[1].strip()
sentence.split('')
sentence.index('_')
sentence.find('zzz')
sentence.index('zzz')
sentence[:sentence.index('_')] + 'Sarah'
sentence[sentence.index('_') + 1:].strip()
sentence.replace('_', 'Sarah')
sentence.replace('e', '3', 2)
sentence|replace('a', 'o')
sentence|replace('a', 'o', 1)
sentence.startswith('Sarah')
sentence.endswith('.')
sentence.count('e')
'xxabcxx'.strip('x')
'prefix-a'.removeprefix('prefix-')
emoji[1]
emoji[0:2]
emoji[::2]
emoji[2]
emoji.upper()
markup
markup.replace(' [title]', '. ')|regex_replace('\\[.*?\\]', '')
words|regex_replace('\\s+', ' ')
words|regex_replace('(\\w+)\\s+(\\w+)', '\\\\2 \\\\1')
words|regex_replace('(Quick)', '<\\1>')
words|regex_replace('(?P<first>\\w+)', '<\\\\g<first>>', 1)
words|regex_replace('[aeiou]', '', count=2)
words|regex_replace('(', '')
answer|regex_replace('2', '3')
[' a ', 'b']|map('trim')|list
choices|map('replace', 'o', '0')|join(' ')
['x [y]', '[z]w']|map('regex_replace', '\\[.*?\\]', '')|list
rows|map(attribute='k')|list
rows|map(attribute='nosuch')|list
words|reverse
numbers|reverse|list
words|list
options|list
words|string
answer|string
choices|string
score|round
2.567|round(2)
2.5|round
7|round
2.1|round(0, 'ceil')
-5|abs
(-5)|abs
1 is odd
4 is even
9 is divisibleby 3
'a' is string
answer is number
answer is integer
options is mapping
choices is sequence
answer is eq 2
{'1': 0, '2': 1}[label]
{'a': answer, label: 'x'}
{1: 'a'}[1]
{'a': 1}.get('b')
{'a': 1}.get('b', 5)
{'a': 1}.items()|list
options.keys()|list
options.values()|list
rows[1].k
rows[1]['v'] + 1
range(3)|list
range(1, 4)|list
range(5, 0, -2)|list
"double \\"quoted\\" 'x'"
'single \\'quoted\\' "x"'
'tab\\tnew\\nline \\u3000\\x41 \\d'
'joined' ' strings'
['a', 'b',]
[]
{}
none
None
true
1.0
1e3
1_000
0.1 + 0.2
1e16
123456789012345680.0
1e-5
-0.0
words|nosuchfilter
words.nosuchmethod()
answer is nosuchtest
answer.strip()
answer[0]
1 +
(1, 2)
(1,)
()
(1, 2) == [1, 2]
('a', 'b')[1]
(1, 2
'open
answer answer
nothing.x
nothing + 1
flag + 1
""".strip("\n").split("\n")

TEMPLATES = [
    "{{question.strip()}}\nA. {{choices[0]}}\nB. {{choices[1]}}\nAnswer:",
    "text only\n",
    "",
    "\n",
    "ends with a line feed {{answer}}\n",
    "crlf\r\n{{answer}}\r\n",
    "{% if flag %}\n  yes\n{% endif %}\nend\n",
    "{% if off %}yes{% elif answer == 2 %}two{% else %}no{% endif %}",
    "{% if empty %}yes{% else %}no{% endif %}",
    "{% if false_text %}yes{% else %}no{% endif %}",
    "{% if missing %}yes{% endif %}",
    "{% if missing is defined %}yes{% endif %}.",
    "  {%- if flag -%}  yes  {%- endif -%}  .",
    "a {{- answer -}} b",
    "{# a comment {{missing}} #}x",
    "{% set x = answer + 1 %}{{x}} {{x * 2}}",
    "{% set idx = options.label.index(answerKey) %}{{options.text[idx]}}",
    "{% for c in options.text %}{{loop.index}}. {{c}}\n{% endfor %}",
    "{% for c in options.text %}{{loop.index0}}{{c}}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for k, v in options.items() %}{{k}}={{v|join('/')}};{% endfor %}",
    "{% for k in options %}{{k}};{% endfor %}",
    "{% for c in emoji %}[{{c}}]{% endfor %}",
    "{% for r in rows %}{{r.k}}{{r.v}}{% endfor %}",
    "{% for x in missing %}{% endfor %}",
    "{% for x in answer %}{% endfor %}",
    "{% for x in empties %}x{% else %}none{% endfor %}",
    "{% for i in range(2) %}{% for c in options.text %}{{i}}{{c}}{% endfor %}{% endfor %}",
    "{% for x in [missing] %}{{x}}{% endfor %}",
    "{% raw %}{{ not rendered }}{% endraw %}",
    "{{'}}'}}{{'{{'}}",
    "{{ '%}' }}",
    "single {brace} and }} alone",
    "{{markup}}",
    "{{choices}} {{options}} {{rows}} {{nothing}} {{flag}} {{score}}",
    "{{missing}}",
    "before {{options.missing}} after",
    "{{",
    "{{ }}",
    "{% if %}x{% endif %}",
    "{% if flag %}x",
    "{% endif %}",
    "{% nosuchtag %}",
    "{{answer}}{{missing}}",
    "\u3000{{question}}\u3000",
    "{{ [choices[0], choices[1]] }}",
    " {{ answer }}",
    "{{question}}{{-answer}}",
    "{{{'1': 0, '2': 1}[label]}}",
    "{% set x %}block {{answer}}{% endset %}{{x}}",
]

# What Promptmill refuses though Jinja2 takes it.
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 0.30000000000000004, 1e-05, 0.0001, 1e16, 1e15, 123456789012345680.0,
           2.0e-3, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308, 9007199254740993.0, 1e22, 1e23, 2.5e-7,
           float("nan"), float("inf"), float("-inf"), -16.446186065673828, 2e16, 100.0]

REFUSED = {
    "emoji[::2]",
    "{% for x in empties %}x{% else %}none{% endfor %}",
}


def environment() -> Environment:
    env = Environment(loader=BaseLoader, undefined=StrictUndefined, keep_trailing_newline=True)
    env.filters["regex_replace"] = lambda string, pattern, repl, count=0: re.sub(pattern, repl, string, count=count)
    return env


def main() -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    env = environment()
    rows = []
    for template in ["{{ " + e + " }}" for e in EXPRESSIONS] + TEMPLATES:
        row = {"template": template}
        expression = template[3:-3] if template.startswith("{{ ") and template[3:-3] in EXPRESSIONS else None
        if (expression or template) in REFUSED:
            row["refused"] = True
        else:
            try:
                row["text"] = env.from_string(template).render(**DOCUMENT)
                if expression is not None:
                    row["value"] = env.compile_expression(expression, undefined_to_none=False)(**DOCUMENT)
                    json.dumps(row["value"])
            except Exception as error:
                row.pop("text", None)
                row.pop("value", None)
                row["error"] = f"{type(error).__name__}: {error}"
        rows.append(row)
    (OUTPUT / "document.json").write_text(json.dumps(DOCUMENT, indent=1) + "\n", encoding="utf-8")
    with (OUTPUT / "renderings.jsonl").open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=True) + "\n")
    with (OUTPUT / "floats.jsonl").open("w", encoding="utf-8") as out:
        for row in floats():
            out.write(json.dumps(row) + "\n")


def floats() -> list:
    draw = random.Random(7)
    values = list(FLOATS) + [draw.uniform(-1, 1) * 10 ** draw.randint(-25, 25) for _ in range(300)]
    return [{"repr": repr(value), "bits": value.hex()} for value in values]


if __name__ == "__main__":
    main()
