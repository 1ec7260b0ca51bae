"""The functions are the JVM's: names, parameters, results."""

import inspect
import re
import unittest

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import (
    ArrayType,
    DecimalType,
    LongType,
    MapType,
    StringType,
    StructField,
    StructType,
)

import promptmill
from promptmill import functions as pm
from tests import calls


class TypeNameTest(unittest.TestCase):
    def test_names_of_a_type_are_quoted_at_every_depth(self) -> None:
        inner = StructType([StructField("e-mail", StringType()), StructField("a`b", LongType())])
        outer = StructType(
            [
                StructField("full name", ArrayType(inner)),
                StructField("m", MapType(StringType(), inner)),
                StructField("d", DecimalType(10, 2)),
            ]
        )
        quoted = "struct<`e-mail`:string,`a``b`:bigint>"
        self.assertEqual(
            pm._type_name(outer),
            f"struct<`full name`:array<{quoted}>,`m`:map<string,{quoted}>,`d`:decimal(10,2)>",
        )
        self.assertEqual(pm._type_name(ArrayType(StringType())), "array<string>")
        self.assertEqual(pm._type_name("STRUCT<n INT>"), "STRUCT<n INT>")


class FunctionsTest(unittest.TestCase):
    spark: SparkSession
    rows: DataFrame

    @classmethod
    def setUpClass(cls) -> None:
        cls.spark = promptmill.session(
            master="local[2]", max_tokens=24, conf={"spark.ui.enabled": False}
        )
        cls.rows = cls.spark.createDataFrame(calls.ROWS, "id INT, a STRING, b STRING")

    def registered(self, name: str) -> list[tuple[str, bool]]:
        """Parameters that the JVM tells of a function, and whether each is optional."""
        lines = self.spark.sql(f"DESCRIBE FUNCTION {name}").collect()
        usage = next(line[0] for line in lines if line[0].startswith("Usage: "))
        match = re.match(rf"Usage: {name}\((.*?)\) - ", usage)
        assert match is not None, usage
        return [
            (parameter.strip("[]"), parameter.startswith("["))
            for parameter in match.group(1).split(", ")
        ]

    def test_python_has_the_functions_of_the_jvm_and_no_others(self) -> None:
        registered = {f.name for f in self.spark.catalog.listFunctions(pattern="ai_*")}
        self.assertGreaterEqual(len(registered), 13)
        self.assertEqual(set(pm.__all__), registered)

    def test_each_has_the_parameters_of_the_jvm_with_the_same_ones_optional(self) -> None:
        for name in pm.__all__:
            with self.subTest(name):
                parameters = inspect.signature(getattr(pm, name)).parameters.values()
                ours = [(p.name, p.default is not inspect.Parameter.empty) for p in parameters]
                self.assertEqual(ours, self.registered(name))

    def test_each_says_in_its_docstring_what_it_takes_and_gives(self) -> None:
        for name in pm.__all__:
            with self.subTest(name):
                doc = inspect.getdoc(getattr(pm, name)) or ""
                for parameter, _ in self.registered(name):
                    self.assertIn(f"    {parameter}: ", doc)
                self.assertRegex(doc, r"Returns:\n    [A-Z]{3,}")

    def test_a_column_gives_what_the_same_call_gives_in_sql(self) -> None:
        columns = [make().alias(str(i)) for i, (make, _) in enumerate(calls.CALLS)]
        sql = [f"{text} AS `{i}`" for i, (_, text) in enumerate(calls.CALLS)]

        ours = self.rows.select("id", *columns)
        theirs = self.rows.selectExpr("id", *sql)

        self.assertEqual(ours.schema, theirs.schema)
        self.assertEqual(ours.orderBy("id").collect(), theirs.orderBy("id").collect())
        self.assertEqual({text.split("(")[0] for _, text in calls.CALLS}, set(pm.__all__))

    def test_a_plain_text_names_no_column_of_labels(self) -> None:
        with self.assertRaisesRegex(TypeError, r"labels: expected a list .* found the text 'b'"):
            pm.ai_classify("a", "b")

    def test_what_the_jvm_refuses_names_function_and_parameter(self) -> None:
        with self.assertRaisesRegex(Exception, "ai_classify: labels: expected at least 2"):
            self.rows.select(pm.ai_classify("a", ["one"]))
        with self.assertRaisesRegex(Exception, "unknown parameter 'max_tokns'"):
            self.rows.select(pm.ai_query(None, "a", modelParameters={"max_tokns": 2}))
