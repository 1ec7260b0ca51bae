"""Training text of the fixture tokenizer, written for this project."""

ENGLISH = """
The mill stands where the river bends, and it has ground grain for two hundred years. In the morning
the miller opens the sluice, the wheel begins to turn, and the stones start to sing. A sack of wheat
goes in at the top; a sack of flour comes out at the bottom. Nobody asks the grain what it thinks
about the matter. The questions that people bring to the mill are simple: how much, how fine, how
soon? The answers are written on a slate beside the door.

A farmer had 24 sacks. She sold 7 of them on Monday and 9 on Tuesday. How many sacks does she have
left? She has 24 - 7 - 9 = 8 sacks left. The answer is 8. If each sack weighs 35 kilograms, then the
remaining sacks weigh 8 * 35 = 280 kilograms. A baker pays $3.50 for each kilogram of flour, so the
baker pays 280 * 3.50 = $980.00 in total. It isn't much, but it's enough; they've done worse, and
we'll see what they'd say in 2026. I'm sure that you're right: don't worry about it.

Question: Which of the following statements is true? A. Water boils at 100 degrees. B. Ice is heavier
than water. C. The moon is a star. D. None of the above. Answer: A. Question: What is the capital of
the country? Answer: It depends on the country. System: you are a helpful assistant. User: please
translate the following sentence into Chinese. Assistant: of course, here is the translation.
"""

CHINESE = """
磨坊立在河流转弯的地方，已经磨了两百年的粮食。早上，磨坊主打开水闸，水车开始转动，石磨开始歌唱。
一袋小麦从上面进去，一袋面粉从下面出来。没有人问粮食有什么想法。人们带到磨坊来的问题很简单：多少、
多细、多快？答案写在门边的石板上。农夫有二十四袋粮食，星期一卖了七袋，星期二卖了九袋，还剩多少袋？
还剩八袋。请把下面的句子翻译成英文。好的，这是翻译结果。以下是中国关于考试的单项选择题，请选出其中的
正确答案。今天天气很好，我们一起去公园散步吧！你好，世界。中文和英文混合 text 也应该可以处理。
"""

CODE = """
public static int gcd(int a, int b) {
    while (b != 0) {
        int t = a % b;
        a = b;
        b = t;
    }
    return a;
}

def fibonacci(n: int) -> list[int]:
    values = [0, 1]
    for i in range(2, n):
        values.append(values[i - 1] + values[i - 2])
    return values[:n]

\tif (x >= 10 && y <= 20) {\t// tabs
\t\tprintf("%d, %s\\n", x, name);
\t}
SELECT name, count(*) FROM prompts WHERE length(prompt) > 0 GROUP BY name ORDER BY 2 DESC;
"""

OTHER = """
Der Müller öffnet früh die Schleuse. Le meunier a déjà ouvert l'écluse ; où est la farine ? Мельник
открывает шлюз, и колесо вертится. Ο μυλωνάς ανοίγει το νερό. ミルは川の曲がり角に立っています。
물레방아가 돌아갑니다. הטחנה עומדת ליד הנהר. الطاحونة تقف عند النهر. चक्की नदी के मोड़ पर है।
😀 😂 👍🏽 👩‍👩‍👧‍👦 🇩🇪 ❤️ 🚀🚀🚀 ½ ¾ ² ³ Ⅳ ① ٣٤٥ ４２ ￥ € “quoted” ‘single’ … — –
"""

TEXTS = [ENGLISH, CHINESE, CODE, OTHER]
