"""Promptmill in PySpark: a session with its SQL functions, and these as columns.

Rows never pass through Python: a column here is a call of the function that the JVM registered.

>>> import promptmill
>>> from promptmill.functions import ai_gen
>>> spark = promptmill.session("demo")
>>> prompts = spark.createDataFrame([("Translate to Chinese: I like tea.",)], ["prompt"])
>>> prompts.select(ai_gen("prompt")).show()
"""

from promptmill import functions
from promptmill._session import session

__all__ = ["functions", "session"]
