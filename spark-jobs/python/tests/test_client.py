"""The functions can be imported where Spark Connect's client is all of PySpark."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

# Of a whole PySpark this leaves what pyspark-client has, which knows no Py4J and no SparkContext.
PROGRAM = """
import sys

sys.modules["py4j"] = sys.modules["pyspark.core"] = None
from promptmill import session
from promptmill.functions import ai_gen

print(ai_gen.__name__)
try:
    session("demo")
except RuntimeError as e:
    print(e)
"""


class ClientTest(unittest.TestCase):
    def test_functions_need_no_jvm_and_a_session_says_that_it_does(self) -> None:
        program = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=Path(__file__).parents[1],
            env={**os.environ, "SPARK_SKIP_CONNECT_COMPAT_TESTS": "1"},
        )
        self.assertEqual(program.returncode, 0, program.stderr)
        name, refusal = program.stdout.splitlines()
        self.assertEqual(name, "ai_gen")
        self.assertIn("only Spark Connect's client", refusal)
