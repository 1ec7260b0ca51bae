"""Writes the chat template fixtures under src/test/resources/text/chat.

Texts come from Jinja2 set up as in transformers' apply_chat_template, ids from the tokenizers
library with the fixture tokenizer, neither from Promptmill. Run after make_text_fixtures.py.

    python3 -m venv venv && venv/bin/pip install jinja2==3.1.6 tokenizers==0.23.3
    venv/bin/python make_chat_fixtures.py
"""

import json
from pathlib import Path

import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import Tokenizer

from text_strings import BOS, EOS

OUTPUT = Path(__file__).parent.parent / "resources" / "text" / "chat"


def turns(*contents: str, system: str | None = None) -> list[dict]:
    roles = ["user", "assistant"]
    messages = [{"role": roles[i % 2], "content": text} for i, text in enumerate(contents)]
    return ([{"role": "system", "content": system}] if system is not None else []) + messages


CONVERSATIONS = {
    "one turn": turns("Hello, who are you?"),
    "system": turns("What is 7 * 7?", system="You are a careful assistant."),
    "three turns": turns("Hi", "Hello! How can I help?", "Translate: 磨坊立在河边。"),
    "system and three turns": turns("one", "two", "three", system="Be brief."),
    "two systems": [
        {"role": "system", "content": "First."},
        {"role": "system", "content": "Second."},
        {"role": "user", "content": "Go."},
    ],
    "surrounding space": turns("  \n padded \t\n", " answer \n", "\u00a0\u3000wide\u3000"),
    "empty contents": turns("", "", ""),
    "template syntax": turns("{{ 7*7 }} {% if true %}x{% endif %} {# c #} {{bos_token}}", "{%", "}} %} #}"),
    "quotes and escapes": turns("a\"b'c\\d\\n & <b> &amp; \\", "\r\nline\r\n", "tab\t\x00\x1b"),
    "expression-like": turns("${7*7} #{7*7} %{x} $%s {0} __class__ 'a' + 'b'"),
    "emoji and marks": turns("👩‍👩‍👧‍👦 e\u0301 \U0010ffff \ufdd0\ue000"),
    "reasoning": turns("q", "<think>\nlong thought\n</think>\n\nshort answer", "next"),
    "reasoning last": turns("q", "<think>\nlong thought\n</think>\n\nshort answer"),
    "tool response": turns("q", "a", "<tool_response>x</tool_response>"),
    "roles out of order": [{"role": "assistant", "content": "a"}, {"role": "user", "content": "b"}],
    "unknown role": [{"role": "tool", "content": "result"}, {"role": "user", "content": "b"}],
    "long": turns("x" * 300 + "\n\n" + "word " * 40),
}


def compile_template(source: str):
    def raise_exception(message):
        raise jinja2.exceptions.TemplateError(message)

    def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
        return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)

    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    environment.filters["tojson"] = tojson
    environment.globals["raise_exception"] = raise_exception
    return environment.from_string(source)


def main() -> None:
    rows = []
    tokenizer = Tokenizer.from_file(str(OUTPUT.parent / "tokenizer" / "tokenizer.json"))
    for path in sorted((OUTPUT / "templates").glob("*.jinja")):
        template = compile_template(path.read_text(encoding="utf-8"))
        for name, messages in CONVERSATIONS.items():
            for generate in [True, False]:
                row = {"template": path.name, "conversation": name, "generate": generate}
                try:
                    row["text"] = template.render(
                        messages=messages, tools=None, documents=None,
                        add_generation_prompt=generate, bos_token=BOS, eos_token=EOS,
                    )
                    row["ids"] = tokenizer.encode(row["text"], add_special_tokens=False).ids
                except jinja2.exceptions.TemplateError as e:
                    row["error"] = str(e)
                rows.append(row)
    conversations = json.dumps(CONVERSATIONS, ensure_ascii=True, indent=1)
    (OUTPUT / "conversations.json").write_text(conversations + "\n", encoding="ascii")
    lines = [json.dumps(row, ensure_ascii=True, separators=(",", ":")) for row in rows]
    (OUTPUT / "renderings.jsonl").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
