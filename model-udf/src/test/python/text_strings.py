"""Strings that the tokenizer fixtures cover: written cases and seeded random mixtures."""

import random

BOS = "<｜begin▁of▁sentence｜>"
EOS = "<｜end▁of▁sentence｜>"

WRITTEN = [
    "",
    " ",
    "  ",
    "   a",
    "a   ",
    " a  b   c    d     e",
    "\t",
    "\t\tif x:\n\t\t\treturn 1\n",
    "a\tb\t\tc \t d",
    "\n",
    "\n\n",
    "\r\n",
    "line one\r\nline two\r\n\r\nline four",
    "a \n b\n  \n   c",
    "trailing space \n",
    "   \n   ",
    "old\rmac\rlines\r",
    "vertical\x0btab and form\x0cfeed",
    "nul\x00 bell\x07 escape\x1b[31mred\x1b[0m delete\x7f",
    "\x01\x02\x03\x1c\x1d\x1e\x1f",
    "next line\u0085here \u0085 there",
    "no-break\u00a0space \u00a0 and narrow\u202fone",
    "line\u2028separator\u2029paragraph \u2028 \u2029",
    "ideographic\u3000space　全角　空格",
    "\u3000",
    " \u3000 \u00a0\u2003\u2009x",
    "zero\u200bwidth\u200cand\u200djoiners\ufeff bom",
    "ogham\u1680space mongolian\u180evowel",
    "soft\u00adhyphen word\u2060joiner",
    "0",
    "1234567890",
    "3.14159 -2,718.28 1e-9 0x1F 1_000_000",
    "٣٤٥ ४५६ ４２ Ⅳ ½ ② ㊿ 𝟙𝟚𝟛 一二三",
    "9a9b9 a9 9a 12ab34",
    "12:34:56 2026-11-24T20:00:00Z",
    "$980.00 + 7% = €1,050",
    "Hello, world!",
    "don't can't I'm you're we've they'd it's she'll DON'T",
    "snake_case camelCase PascalCase kebab-case SCREAMING_CASE",
    "The mill stands where the river bends.",
    "user@example.com https://example.com/a?b=c&d=%20#e",
    "!!!??? ... --- *** ((( ))) [[[ ]]] {{{ }}} <<< >>>",
    "{{ 7*7 }} {% if x %} {# comment #} ${x} `code`",
    "a+b=c; x->y; p::q; r||s; t&&u; !v; ~w; ^z; @decorator",
    " , . ; : ! ?",
    "\"quoted\" 'single' “curly” ‘curly’ «guillemets» „low“",
    "—em –en ‐hyphen ―bar …",
    "！＂＃￥％＆（）＊＋，－．／：；＜＝＞？＠［＼］＾＿｀｛｜｝～",
    "ＡＢＣａｂｃ０１２ﾊﾝｶｸ",
    "、。〈〉《》「」『』【】〔〕〜〃",
    "磨坊立在河流转弯的地方，已经磨了两百年的粮食。",
    "中文和English混合text，以及 123 数字。",
    "你好 世界  再见   ",
    "㐀㐁 𠀀𠀁 龥龦鿿 ㄅㄆ ㆠ",
    "ミルは川の曲がり角に立っています。カタカナ ｶﾀｶﾅ ー",
    "물레방아가 돌아갑니다. ㄱㄴㄷ 힣\ud7ff",
    "\ud7a4\ud7b0\ud7fb\ud7ff\ue000",
    "Мельник открывает шлюз. Ё ё Ѐ ҂ ҃ Ԯ",
    "Ο μυλωνάς ανοίγει. Ά Έ ΐ ῾ ᾼ ͵ ͺ",
    "הטחנה עומדת ליד הנהר. שָׁלוֹם",
    "الطاحونة تقف عند النهر. ١٢٣ ـ \u200f\u202emirrored\u202c",
    "चक्की नदी के मोड़ पर है। ৳ ไทย ລາວ မြန်မာ አማርኛ",
    "Ա ա Ⴀ ა Ა Ꭰ ꭰ Ꮿ ᏸ",
    "µ ª º ß ẞ ſ ﬀ ﬁ Ĳ ŉ ǰ Ǆ ǅ ǆ ʔ ʰ ƻ ǀ",
    "𐐀𐐨 𐒰𐓘 𐲀𐳀 𑢠𑣀 𞤀𞤢 𐑐𐒀",
    "e\u0301 a\u0308 n\u0303 o\u0302\u0323 \u0301alone q\u0307\u0323",
    "é ä ñ ộ ñ",
    "Å Å K Ω ℵ ℃ ™ № ℡",
    "x\u20d7 a\u20dd ⃝ 1\ufe0f\u20e3 ❤\ufe0e ❤\ufe0f",
    "😀",
    "😀😀😀",
    "a😀b 😀 c",
    "👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇨🇳 🧑🏿‍🚀",
    "🫠🫡🪿🫨 \U0001fae9 \U0001f6d8",
    "\U0001d4d0\U0001d552 \U0010ffff \U000e0041\U000f0000",
    "\ufdd0\ufdef \ufffe\uffff \ufffd",
    "∀x∈ℝ: ∑∫√∞ ≤≥≠ → ⇒ ⟨⟩ ⌘ ☃ ♞",
    "₀₁₂ ⁰¹² ⅓ ⅷ ↀ Ↄↄↅↈ",
    "⠓⠑⠇⠇⠕ ░▒▓ ┌─┐ ■□ ●",
    "ab" * 300,
    "a" * 1000,
    "the" * 200,
    "字" * 400,
    "磨坊粮食" * 80,
    "1" * 200,
    " " * 300,
    "\n" * 100,
    "!" * 200,
    "-" * 129,
    "=" * 65 + "\n" + "=" * 65,
    "😀" * 100,
    "\u0301" * 60,
    "é" * 100,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "pneumonoultramicroscopicsilicovolcanoconiosis" * 4,
    "QWJjRGVmR2hpSmtsTW5vUHFyU3R1Vnd4WVo=" * 5,
    "ACGTACGTTAGC" * 20,
    BOS,
    EOS,
    BOS + EOS,
    "text" + EOS + "more",
    " " + EOS + " ",
    "a  " + EOS + "  b",
    "a \n" + BOS + "\n b",
    EOS + EOS + " " + EOS,
    BOS + "User: hi\n\nAssistant:",
    "<｜end▁of▁sentence",
    "｜end▁of▁sentence｜>",
    "<｜end▁of▁" + EOS + "sentence｜>",
    "<" + EOS + ">",
    "<|end▁of▁sentence|>",
    "<｜END▁OF▁SENTENCE｜>",
    "<｜end of sentence｜>",
    "<｜User｜>hi<｜Assistant｜>",
    "x<｜User｜> y",
    "<|EOT|>",
    "<|EOT|><|EOT|> <|EOT |>",
    "<|im_start|>user\nhi<|im_end|>",
    "<s></s><unk><pad>",
    "Ġhello Ċ ĉ ĠĠ č Ń",
    "¡¢£¤¥¦§¨©«¬®¯°±´¶·¸»¿×÷",
    "\u0100\u0120\u0143\u0144",
]

ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyz     ABC",
    "the mill river grain ",
    "0123456789.,-+ ab",
    " \t\n\r\u00a0\u3000\u0085\u2028x",
    "磨坊粮食河流的了是，。 \u3000a1",
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ a",
    "äöüßéèñçøåÄÖÜ ėģķ",
    "абвгдежз АБВ αβγδ ΑΒΓ ",
    "😀👍🏽\u200d\ufe0f🇩🇪 a",
    "אבגד اب ١٢ \u0301\u0308 e",
    "<｜>|▁ endofsentencebeginUserEOT",
]


def random_strings(count: int, seed: int, wild: bool = True) -> list[str]:
    """Mixtures; wild ones hold random code points, on whose categories Unicode versions differ."""
    rng = random.Random(seed)
    result = []
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 4)):
            kind = rng.random()
            if kind < 0.75:
                alphabet = rng.choice(ALPHABETS)
                parts.append("".join(rng.choice(alphabet) for _ in range(rng.randint(1, 24))))
            elif kind < 0.85:
                parts.append(rng.choice([BOS, EOS, "<｜User｜>", "<|EOT|>"]))
            elif wild:
                parts.append("".join(random_character(rng) for _ in range(rng.randint(1, 8))))
        result.append("".join(parts))
    return result


def random_character(rng: random.Random) -> str:
    # Below U+0E00 and CJK most code points were assigned long ago: Unicode versions agree there.
    low, high = rng.choice([(0x20, 0x500), (0x20, 0xE00), (0x2000, 0x2C00), (0x3000, 0xA000), (0x1F300, 0x1F600)])
    return chr(rng.randint(low, high))


def strings() -> list[str]:
    return WRITTEN + random_strings(300, seed=20261124)
