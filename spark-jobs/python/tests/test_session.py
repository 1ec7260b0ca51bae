"""A session knows the functions, takes options, and says clearly what is wrong."""

import os
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pyspark.sql import SparkSession

import promptmill
from promptmill import _defaults, _session

FOREIGN = """
from concurrent.futures import ThreadPoolExecutor

import promptmill
from pyspark.sql import SparkSession

def refusal():
    try:
        promptmill.session(master="local[1]")
    except RuntimeError as e:
        return e

THREAD = ThreadPoolExecutor(1)  # no session is active there

foreign = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
print(refusal())
print(THREAD.submit(refusal).result())
assert foreign.range(3).count() == 3
foreign.stop()
print(refusal())
"""

MERGED = """
import promptmill

def cell(extensions="com.example.Given"):
    conf = {
        "spark.sql.extensions": extensions,
        "spark.sql.warehouse.dir": "warehouse",
        "spark.ui.enabled": False,
    }
    return promptmill.session(master="local[1]", conf=conf)

try:
    cell("org.apache.spark.sql.SparkSessionExtensionsProvider")
except Exception as e:
    assert "NoSuchMethodException" in str(e), e  # and no Spark is left behind
spark = cell()
assert cell() is spark
print(spark.conf.get("spark.sql.extensions"))
print(spark.conf.get("spark.plugins"))
print(spark.conf.get("spark.promptmill.model"))
print(promptmill.session("demo").conf.get("spark.promptmill.model"))
print(cell().conf.get("spark.promptmill.model"))
"""


class SessionTest(unittest.TestCase):
    def session(self, **options: Any) -> SparkSession:
        return promptmill.session(master="local[2]", conf={"spark.ui.enabled": False}, **options)

    def test_options_are_the_jvms_keys_and_can_change(self) -> None:
        first = self.session(max_tokens=6, stop=["a,b", "。"], stop_token_ids=[1, 2], dtype=None)
        self.assertEqual(first.conf.get("spark.promptmill.model"), "demo")
        self.assertEqual(first.conf.get("spark.promptmill.maxTokens"), "6")
        self.assertEqual(first.conf.get("spark.promptmill.stop"), '["a,b", "。"]')
        self.assertEqual(first.conf.get("spark.promptmill.stopTokenIds"), "1,2")
        self.assertIsNone(first.conf.get("spark.promptmill.dtype", None))

        second = self.session(max_tokens=7, deduplicate=False, stop=[], stop_token_ids=[1])
        self.assertIs(first, second)
        self.assertEqual(second.conf.get("spark.promptmill.maxTokens"), "7")
        self.assertEqual(second.conf.get("spark.promptmill.deduplicate"), "false")
        self.assertIsNone(second.conf.get("spark.promptmill.stop", None))

    def test_a_mistyped_option_is_refused_with_the_jvms_message_and_changes_nothing(self) -> None:
        spark = self.session(max_tokens=6)
        with self.assertRaisesRegex(ValueError, r"maxTokns' \(did you mean 'maxTokens'\?\)"):
            self.session(max_tokns=5)
        with self.assertRaisesRegex(ValueError, "maxTokens: expected a whole number from 1, found"):
            self.session(max_tokens=0)
        self.assertEqual(spark.conf.get("spark.promptmill.maxTokens"), "6")
        self.assertIsNone(spark.conf.get("spark.promptmill.maxTokns", None))

    def test_another_thread_gets_the_same_session_and_cannot_stop_it(self) -> None:
        spark = self.session(max_tokens=6)
        with ThreadPoolExecutor(1) as threads:
            other = threads.submit(self.session, max_tokens=7).result()
            self.assertIs(other, spark)
            with self.assertRaisesRegex(ValueError, "maxTokens: expected a whole number from 1"):
                threads.submit(self.session, max_tokens=0).result()
        self.assertEqual(spark.conf.get("spark.promptmill.maxTokens"), "7")
        self.assertEqual(spark.range(3).count(), 3)

    def test_what_spark_was_started_with_can_be_given_again_and_not_changed(self) -> None:
        spark = self.session(max_tokens=6)
        lists = {key: (spark.conf.get(key) or "").split(",")[0] for key in _session._ADDED_TO}
        promptmill.session(max_tokens=6, conf=lists)
        for key, value in (
            ("spark.sql.extensions", "com.example.More"),
            ("spark.driver.memory", "2g"),
        ):
            with self.subTest(key):
                with self.assertRaisesRegex(
                    ValueError, f"{key} cannot change .*'{value}' is asked"
                ):
                    promptmill.session(max_tokens=5, conf={key: value})
                self.assertEqual(spark.conf.get("spark.promptmill.maxTokens"), "6")

    def test_the_start_keeps_extensions_of_defaults_and_conf_and_the_same_call_goes_on(
        self,
    ) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "spark-defaults.conf").write_text(
                "spark.sql.extensions com.example.Default\n"
                "spark.plugins=io.promptmill.spark.PromptmillPlugin\n"
                "spark.promptmill.model hdfs:///models/ours\n"
            )
            program = subprocess.run(
                [sys.executable, "-c", MERGED],
                capture_output=True,
                text=True,
                timeout=120,
                env={**os.environ, "SPARK_CONF_DIR": folder},
            )
        self.assertEqual(program.returncode, 0, program.stderr)
        extensions, plugins, model, given, again = program.stdout.splitlines()
        self.assertEqual(
            extensions,
            "com.example.Default,com.example.Given,io.promptmill.spark.PromptmillExtensions",
        )
        self.assertEqual(plugins, "io.promptmill.spark.PromptmillPlugin")
        self.assertEqual(model, "hdfs:///models/ours")
        self.assertEqual(given, "demo")
        self.assertEqual(again, "demo")

    def test_spark_defaults_are_read_as_java_reads_properties(self) -> None:
        text = (
            "# spark.jars no.jar\n! spark.jars no.jar\n\n"
            "spark.plugins   a.B\nspark.jars=first.jar\n  spark.sql.extensions : x.Y,\\\n   z.W  \n"
            "spark.jars\ts3\\://b/last\\ one.jar\nspark.app.name a=b:c\nspark.empty\n"
        )
        self.assertEqual(
            _defaults.parsed(text),
            {
                "spark.plugins": "a.B",
                "spark.sql.extensions": "x.Y,z.W",
                "spark.jars": "s3://b/last one.jar",
                "spark.app.name": "a=b:c",
                "spark.empty": "",
            },
        )

    def test_an_artifact_that_is_not_built_is_named_with_the_command_that_builds_it(self) -> None:
        with tempfile.TemporaryDirectory() as clone:
            with self.assertRaisesRegex(FileNotFoundError, "found none; .*'mvn .*package'"):
                _session._built_artifact(Path(clone))
            target = Path(clone, "spark-jobs", "target")
            target.mkdir(parents=True)
            (target / "spark-jobs-1.jar").touch()
            built = target / "promptmill-1.jar"
            built.touch()
            self.assertEqual(_session._built_artifact(Path(clone)), built)
            (target / "promptmill-2.jar").touch()
            with self.assertRaisesRegex(FileNotFoundError, "promptmill-1.jar, promptmill-2.jar"):
                _session._built_artifact(Path(clone))

    def test_a_process_with_another_spark_is_told_to_start_anew(self) -> None:
        program = subprocess.run(
            [sys.executable, "-c", FOREIGN], capture_output=True, text=True, timeout=120
        )
        self.assertEqual(program.returncode, 0, program.stderr)
        active, elsewhere, stopped = program.stdout.splitlines()
        self.assertIn("a Spark session without Promptmill is active", active)
        self.assertIn("a Spark session without Promptmill is active", elsewhere)
        self.assertIn("had started a Spark without", stopped)
