"""A call of every function, with and without its optional arguments, beside the same in SQL."""

from collections.abc import Callable

from pyspark.sql import Column
from pyspark.sql.functions import array, col, lit
from pyspark.sql.types import IntegerType, StructField, StructType

from promptmill import functions as pm

ROWS = [
    (0, "The headset is average, it does what it should.", "Great film!"),
    (1, "Poor film! My family complains about it.", "Poor film!"),
    (2, None, "nothing"),
]

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer", "maximum": 9}}}
FORM = {"type": "json_schema", "json_schema": {"name": "n", "schema": SCHEMA}}
FORM_TEXT = (
    '{"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object",'
    ' "properties": {"n": {"type": "integer", "maximum": 9}}}}}'
)

# Columns are made where a session runs, hence the functions.
CALLS: list[tuple[Callable[[], Column], str]] = [
    (lambda: pm.ai_query(None, "a"), "ai_query(NULL, a)"),
    (lambda: pm.ai_query("demo", col("a")), "ai_query('demo', a)"),
    (
        lambda: pm.ai_query(None, "a", "STRUCT<n INT>"),
        "ai_query(NULL, a, returnType => 'STRUCT<n INT>')",
    ),
    (
        lambda: pm.ai_query(None, "a", StructType([StructField("n", IntegerType())])),
        "ai_query(NULL, a, 'STRUCT<n INT>')",
    ),
    (
        lambda: pm.ai_query(None, "a", StructType([StructField("full-time job", IntegerType())])),
        "ai_query(NULL, a, 'STRUCT<`full-time job`: INT>')",
    ),
    (
        lambda: pm.ai_query(
            None, "a", failOnError=False, modelParameters={"max_tokens": 2, "stop": ["x", "y"]}
        ),
        "ai_query(NULL, a, failOnError => false,"
        " modelParameters => named_struct('max_tokens', 2, 'stop', array('x', 'y')))",
    ),
    (
        lambda: pm.ai_query(None, "a", responseFormat=FORM),
        f"ai_query(NULL, a, responseFormat => '{FORM_TEXT}')",
    ),
    (
        lambda: pm.ai_query(None, "a", responseFormat="STRUCT<n INT>"),
        "ai_query(NULL, a, responseFormat => 'STRUCT<n INT>')",
    ),
    (lambda: pm.ai_gen("a"), "ai_gen(a)"),
    (
        lambda: pm.ai_gen(lit("Translate to Chinese: I like tea.")),
        "ai_gen('Translate to Chinese: I like tea.')",
    ),
    (
        lambda: pm.ai_classify("a", ["positive", "negative"]),
        "ai_classify(a, array('positive', 'negative'))",
    ),
    (
        lambda: pm.ai_classify("a", array(lit("good"), col("b")), probabilities=True),
        "ai_classify(a, array('good', b), true)",
    ),
    (
        lambda: pm.ai_classify("a", ["good", col("b")]),
        "ai_classify(a, array('good', b))",
    ),
    (lambda: pm.ai_extract("a", ["name", "city"]), "ai_extract(a, array('name', 'city'))"),
    (lambda: pm.ai_summarize("a"), "ai_summarize(a)"),
    (lambda: pm.ai_summarize("a", 7), "ai_summarize(a, 7)"),
    (lambda: pm.ai_summarize("a", max_words=col("id")), "ai_summarize(a, id)"),
    (lambda: pm.ai_translate("a", "zh"), "ai_translate(a, 'zh')"),
    (lambda: pm.ai_translate("a", col("b")), "ai_translate(a, b)"),
    (lambda: pm.ai_fix_grammar("a"), "ai_fix_grammar(a)"),
    (lambda: pm.ai_mask("a", ["names"]), "ai_mask(a, array('names'))"),
    (lambda: pm.ai_analyze_sentiment("a"), "ai_analyze_sentiment(a)"),
    (lambda: pm.ai_similarity("a", col("b")), "ai_similarity(a, b)"),
    (lambda: pm.ai_score("a", ["good", "bad"]), "ai_score(a, array('good', 'bad'))"),
    (lambda: pm.ai_count_tokens("a"), "ai_count_tokens(a)"),
    (lambda: pm.ai_embed("a"), "ai_embed(a)"),
    (lambda: pm.ai_embed("a", pooling="mean"), "ai_embed(a, 'mean')"),
]
