"""What Spark takes for granted before a session says anything: spark-defaults.conf."""

import os
import re
from pathlib import Path


def read() -> dict[str, str]:
    """Read the keys that a new Spark of this process starts with.

    In a Python that spark-submit started these are its JVM's, ``--conf`` included; otherwise those
    of ``spark-defaults.conf`` in ``SPARK_CONF_DIR``, or in ``conf`` of Spark's folder.
    """
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        from pyspark import SparkConf, SparkContext

        SparkContext._ensure_initialized()
        return dict(SparkConf().getAll())
    from pyspark.find_spark_home import _find_spark_home

    folder = os.environ.get("SPARK_CONF_DIR") or Path(_find_spark_home(), "conf")
    file = Path(folder, "spark-defaults.conf")
    return parsed(file.read_text(encoding="utf-8")) if file.is_file() else {}


def parsed(text: str) -> dict[str, str]:
    """Parse Java properties: ``key value``, ``key=value``, ``key: value``; the last one counts."""
    values = {}
    text = re.sub(r"(?m)^[ \t\f]*[#!].*$", "", text)
    text = re.sub(r"(?<!\\)((?:\\\\)*)\\\r?\n[ \t\f]*", r"\1", text)  # a line that goes on
    for line in text.splitlines():
        match = re.match(r"\s*((?:\\.|[^\s=:\\])+)\s*[=:]?\s*(.*)", line)
        if match:
            key, value = (re.sub(r"\\(.)", r"\1", part).strip() for part in match.groups())
            values[key] = value
    return values
