"""The SQL functions as typed PySpark columns.

Names and parameters are those of SQL (`DESCRIBE FUNCTION EXTENDED ai_query`). As everywhere in
PySpark, a ``str`` where a ``ColumnOrName`` is asked for names a column; a text itself is
``lit("...")``. Where a parameter is typed ``Column | str`` or ``Column | int``, the plain value is
the literal. NULL in, NULL out: a row of which any argument is NULL asks nothing.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pyspark.sql import Column
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, DataType, MapType, StructType

ColumnOrName = Column | str
"""A column, or the name of one."""

Labels = Column | Sequence[Column | str]
"""A column of arrays of texts, or a list of texts and of columns with a text each."""

__all__ = [
    "ai_analyze_sentiment",
    "ai_classify",
    "ai_count_tokens",
    "ai_embed",
    "ai_extract",
    "ai_fix_grammar",
    "ai_gen",
    "ai_mask",
    "ai_query",
    "ai_score",
    "ai_similarity",
    "ai_summarize",
    "ai_translate",
]


def ai_query(
    model: str | None,
    request: ColumnOrName,
    returnType: str | DataType | None = None,  # noqa: N803, SQL's and PySpark's own spelling
    failOnError: bool = True,  # noqa: N803
    modelParameters: Mapping[str, Any] | None = None,  # noqa: N803
    responseFormat: str | Mapping[str, Any] | None = None,  # noqa: N803
) -> Column:
    """Ask a model, with a form and settings for its answer.

    Args:
        model: checkpoint's folder on any Hadoop file system, or ``demo``; None is the session's.
        request: what the model is asked.
        returnType: type of the answer, such as ``"STRUCT<name STRING, age INT>"``, to which the
            answer is held.
        failOnError: whether a row that fails fails the query.
        modelParameters: how to draw, by vLLM's names: ``{"max_tokens": 100, "temperature": 0.7}``.
        responseFormat: ``"text"``, ``"STRUCT<...>"``, or a JSON schema as OpenAI has it
            (``{"type": "json_schema", "json_schema": {...}}``).

    Returns:
        STRING, or `returnType`; with ``failOnError=False`` a STRUCT<result, errorMessage STRING>.
    """
    return _call(
        "ai_query",
        [F.lit(model), request],
        [
            (F.lit(_type_name(returnType)), returnType is not None),
            (F.lit(failOnError), not failOnError),
            (_struct(modelParameters), modelParameters is not None),
            (F.lit(_json(responseFormat)), responseFormat is not None),
        ],
    )


def ai_gen(prompt: ColumnOrName) -> Column:
    """Answer a prompt.

    Args:
        prompt: what the model is asked.

    Returns:
        STRING.
    """
    return _call("ai_gen", [prompt])


def ai_classify(content: ColumnOrName, labels: Labels, probabilities: bool = False) -> Column:
    """Give the label that fits a text best; nothing but a label can come out.

    Args:
        content: the text.
        labels: two labels or more.
        probabilities: whether to give each label's probability too.

    Returns:
        STRING; with `probabilities` a STRUCT<label STRING, probabilities MAP<STRING, DOUBLE>>.
    """
    return _call(
        "ai_classify", [content, _labels("labels", labels)], [(F.lit(probabilities), probabilities)]
    )


def ai_extract(content: ColumnOrName, labels: Labels) -> Column:
    """Extract what a text says of each label.

    Args:
        content: the text.
        labels: what to look for: literal texts.

    Returns:
        STRUCT with a STRING of each label's name, NULL where the text says nothing of it.
    """
    return _call("ai_extract", [content, _labels("labels", labels)])


def ai_summarize(content: ColumnOrName, max_words: Column | int = 50) -> Column:
    """Summarize a text.

    Args:
        content: the text.
        max_words: words to aim at, 0 for as many as it takes; asked for, not enforced.

    Returns:
        STRING.
    """
    given = isinstance(max_words, Column) or max_words != 50
    return _call("ai_summarize", [content], [(_literal(max_words), given)])


def ai_translate(content: ColumnOrName, to_lang: Column | str) -> Column:
    """Translate a text.

    Args:
        content: the text.
        to_lang: the language, as a code such as ``"zh"`` or ``"en-US"``, or by name.

    Returns:
        STRING.
    """
    return _call("ai_translate", [content, _literal(to_lang)])


def ai_fix_grammar(content: ColumnOrName) -> Column:
    """Correct the grammar of a text.

    Args:
        content: the text.

    Returns:
        STRING.
    """
    return _call("ai_fix_grammar", [content])


def ai_mask(content: ColumnOrName, labels: Labels) -> Column:
    """Replace what the labels name by ``[MASKED]``.

    Args:
        content: the text.
        labels: what to mask, such as ``["names", "phone numbers"]``.

    Returns:
        STRING.
    """
    return _call("ai_mask", [content, _labels("labels", labels)])


def ai_analyze_sentiment(content: ColumnOrName) -> Column:
    """Give the sentiment of a text.

    Args:
        content: the text.

    Returns:
        STRING: positive, negative, neutral or mixed.
    """
    return _call("ai_analyze_sentiment", [content])


def ai_similarity(expr1: ColumnOrName, expr2: ColumnOrName) -> Column:
    """Compare two texts by the cosine of their embeddings.

    Args:
        expr1: a text.
        expr2: another.

    Returns:
        FLOAT between -1 and 1; 1 where the texts are equal.
    """
    return _call("ai_similarity", [expr1, expr2])


def ai_score(prompt: ColumnOrName, candidates: Labels) -> Column:
    """Give the log-likelihood of each candidate as the answer to a prompt.

    Args:
        prompt: what the model is asked.
        candidates: possible answers, at least one.

    Returns:
        ARRAY<STRUCT<candidate STRING, loglikelihood DOUBLE, tokens INT, is_greedy BOOLEAN>>, in
        the candidates' order.
    """
    return _call("ai_score", [prompt, _labels("candidates", candidates)])


def ai_count_tokens(text: ColumnOrName) -> Column:
    """Count the tokens of a text, without one at its beginning.

    Args:
        text: the text.

    Returns:
        INT.
    """
    return _call("ai_count_tokens", [text])


def ai_embed(text: ColumnOrName, pooling: str = "last") -> Column:
    """Embed a text: hidden states of the last layer after the final norm, not of length 1.

    Args:
        text: the text.
        pooling: ``"last"`` for the last token's state, ``"mean"`` for the mean of all tokens'.

    Returns:
        ARRAY<FLOAT> with the model's hidden size.
    """
    return _call("ai_embed", [text], [(F.lit(pooling), pooling != "last")])


def _call(
    name: str,
    required: Sequence[ColumnOrName],
    optional: Sequence[tuple[Column, bool]] = (),
) -> Column:
    """Call a function with its optional arguments up to the last one that is given.

    Args:
        name: the function's.
        required: arguments in the order of their parameters.
        optional: argument of each optional parameter (its default if none is given), and whether
            one is given.
    """
    last = max((i for i, (_, given) in enumerate(optional, 1) if given), default=0)
    return F.call_function(name, *required, *(column for column, _ in optional[:last]))


def _literal(value: Column | str | int) -> Column:
    return value if isinstance(value, Column) else F.lit(value)


def _labels(parameter: str, labels: Labels) -> Column:
    if isinstance(labels, Column):
        return labels
    if isinstance(labels, str):
        raise TypeError(
            f"{parameter}: expected a list of texts or a column of arrays, found the text "
            f"{labels!r}; a column of this name is col({labels!r})"
        )
    return F.array(*[_literal(label) for label in labels])


def _type_name(type_or_name: str | DataType | None) -> str | None:
    return _ddl(type_or_name) if isinstance(type_or_name, DataType) else type_or_name


def _ddl(data_type: DataType) -> str:
    """Write a type as SQL reads it; `simpleString` leaves names such as ``e-mail`` unquoted."""
    if isinstance(data_type, ArrayType):
        return f"array<{_ddl(data_type.elementType)}>"
    if isinstance(data_type, MapType):
        return f"map<{_ddl(data_type.keyType)},{_ddl(data_type.valueType)}>"
    if isinstance(data_type, StructType):
        names = [field.name.replace("`", "``") for field in data_type.fields]
        types = [_ddl(field.dataType) for field in data_type.fields]
        fields = ",".join(f"`{name}`:{of}" for name, of in zip(names, types, strict=True))
        return f"struct<{fields}>"
    return data_type.simpleString()


def _json(form: str | Mapping[str, Any] | None) -> str | None:
    return form if form is None or isinstance(form, str) else json.dumps(form)


def _struct(parameters: Mapping[str, Any] | None) -> Column:
    if not parameters:
        return F.lit(None)
    fields: list[Column] = []
    for name, value in parameters.items():
        many = isinstance(value, (list, tuple))
        fields += [F.lit(name), F.array(*map(F.lit, value)) if many else F.lit(value)]
    return F.named_struct(*fields)
