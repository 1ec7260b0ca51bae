"""The functions work through Spark Connect, where its Python packages are."""

import importlib.util
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

from promptmill import _session
from tests import calls

MISSING = [name for name in ("grpc", "pandas", "pyarrow") if not importlib.util.find_spec(name)]

PROGRAM = """
import json, warnings
from pyspark.sql import SparkSession
from tests import calls

warnings.simplefilter("ignore")  # local servers take static settings, and warn of them
builder = SparkSession.builder.remote("local[2]")
for key, value in json.loads(input()).items():
    builder = builder.config(key, value)
spark = builder.getOrCreate()
assert "connect" in type(spark).__module__, type(spark)
rows = spark.createDataFrame(calls.ROWS, "id INT, a STRING, b STRING")
for make, sql in calls.CALLS:
    ours = rows.select("id", make().alias("x"))
    theirs = rows.selectExpr("id", sql + " AS x")
    assert ours.schema == theirs.schema, sql
    assert ours.orderBy("id").collect() == theirs.orderBy("id").collect(), sql
print("calls:", len(calls.CALLS))
"""


@unittest.skipIf(MISSING, f"needs {', '.join(MISSING)}: pip install 'pyspark[connect]'")
class ConnectTest(unittest.TestCase):
    def test_every_call_gives_what_it_gives_in_sql(self) -> None:
        settings = {
            "spark.jars": str(_session._built_artifact(_session._CLONE)),
            "spark.plugins": _session._PLUGIN,
            "spark.sql.extensions": _session._EXTENSIONS,
            "spark.promptmill.model": "demo",
            "spark.promptmill.maxTokens": "24",
            "spark.ui.enabled": "false",
        }
        program = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", PROGRAM],
            input=json.dumps(settings),
            capture_output=True,
            text=True,
            timeout=240,
            cwd=Path(__file__).parents[1],
            env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2"},
        )
        self.assertEqual(program.returncode, 0, program.stderr)
        self.assertEqual(program.stdout.strip().splitlines()[-1], f"calls: {len(calls.CALLS)}")
