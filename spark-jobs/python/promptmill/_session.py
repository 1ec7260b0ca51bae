"""A Spark session with Promptmill's plugin, functions and settings."""

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.util import is_remote_only

from promptmill import _defaults

# Py4J and SparkContext are imported where they are used: Spark Connect's client alone has neither.

_EXTENSIONS = "io.promptmill.spark.PromptmillExtensions"
_PLUGIN = "io.promptmill.spark.PromptmillPlugin"

_ADDED_TO = ("spark.jars", "spark.plugins", "spark.sql.extensions")
"""Lists of Spark's, which keep what others put there."""

_STARTING = threading.Lock()  # a call must not stop the Spark that another one has just got

_STARTED_WITH: WeakKeyDictionary[SparkSession, Mapping[str, str | None]] = WeakKeyDictionary()
"""Settings as they were given, which Spark may hold in another form (its warehouse as a URI)."""

_MODEL = "spark.promptmill.model"

_CLONE = Path(__file__).resolve().parents[3]  # meaningful where the package was not copied out


def session(
    model: str | None = None,
    *,
    master: str | None = None,
    jar: str | os.PathLike[str] | None = None,
    conf: Mapping[str, Any] | None = None,
    **options: Any,
) -> SparkSession:
    """Start a session in which the SQL functions are known and ask `model`.

    A session that was started so before goes on, with this model and these options, in whatever
    thread; `master` and `jar` do not count then, and what the earlier call set stays where it is
    not given anew.

    Args:
        model: checkpoint's folder on any Hadoop file system, or ``demo``, which comes along and is
            taken where neither this nor the configuration names one.
        master: of the cluster; without it Spark's own default (``local[*]``).
        jar: Promptmill's artifact; without it the one that was built in this clone.
        conf: configuration of Spark, such as ``{"spark.executor.memory": "4g"}``. What it and
            ``spark-defaults.conf`` say of ``spark.jars``, ``spark.plugins`` and
            ``spark.sql.extensions`` is kept beside ours.
        **options: of Promptmill: ``max_tokens=64`` is ``spark.promptmill.maxTokens``. A list is one
            option with several texts or numbers; None and an empty list take it back.

    Raises:
        FileNotFoundError: if there is no artifact.
        RuntimeError: if this process already runs a Spark without Promptmill, or has nothing but
            Spark Connect's client.
        ValueError: with the JVM's message if an option is unknown or its value is wrong; if `conf`
            changes what cannot change in a session that runs.
    """
    if is_remote_only():
        raise RuntimeError(
            "promptmill.session starts a Spark of its own, which needs the package pyspark; here is"
            " only Spark Connect's client: use SparkSession.builder.remote(...).getOrCreate() and"
            " promptmill.functions"
        )
    settings = {key: _text(value) for key, value in (conf or {}).items()}
    if model is not None:
        settings[_MODEL] = model
    for name, value in options.items():
        settings[f"spark.promptmill.{_camel_case(name)}"] = _text(value)
    with _STARTING:
        running = _running()
        if running is not None:
            return _reconfigured(running, settings)
        spark = _started(master, Path(jar) if jar else _built_artifact(_CLONE), settings)
        try:
            _check_options(spark)
        except Exception:
            spark.stop()
            raise
        _STARTED_WITH[spark] = settings
        return spark


def _running() -> SparkSession | None:
    """Give this process' session; a thread that has not used it yet has no active one."""
    from pyspark import SparkContext

    if SparkContext._active_spark_context is None:
        return None
    return SparkSession.getActiveSession() or SparkSession.Builder().getOrCreate()


def _started(master: str | None, jar: Path, settings: Mapping[str, str | None]) -> SparkSession:
    from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
    from pyspark import SparkContext

    if not jar.is_file():
        raise FileNotFoundError(f"jar: no file {jar}")
    # For the JVM that PySpark starts; the same as in bin/promptmill.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    if "SPARK_HOME" not in os.environ and (_CLONE / "conf" / "log4j2.properties").is_file():
        os.environ.setdefault("SPARK_CONF_DIR", str(_CLONE / "conf"))
    builder = SparkSession.Builder()
    if master is not None:
        builder = builder.master(master)
    given = {key: value for key, value in settings.items() if value is not None}
    defaults = _defaults.read()
    for key, own in zip(_ADDED_TO, (str(jar), _PLUGIN, _EXTENSIONS), strict=True):
        given[key] = _joined(defaults.get(key), given.get(key), own)
    given.setdefault(_MODEL, defaults.get(_MODEL, "demo"))
    for key, value in given.items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Py4JJavaError as e:
        if SparkContext._active_spark_context is not None:
            SparkContext._active_spark_context.stop()
        if f"ClassNotFoundException: {_PLUGIN}" in str(e):
            raise RuntimeError(
                f"Spark's JVM does not find {_PLUGIN}: either this process had started a Spark "
                f"without {jar} before (use a new process, or restart the notebook's kernel), or "
                "that file is not Promptmill's artifact"
            ) from e
        raise


def _reconfigured(spark: SparkSession, settings: Mapping[str, str | None]) -> SparkSession:
    if _EXTENSIONS not in (spark.conf.get("spark.sql.extensions", "") or ""):
        raise RuntimeError(
            "a Spark session without Promptmill is active in this process: use a new process (or "
            "restart the notebook's kernel) and call promptmill.session first, or give that session"
            f" spark.plugins={_PLUGIN}, spark.sql.extensions={_EXTENSIONS} and spark.jars yourself"
        )
    before = {key: spark.conf.get(key, None) for key in settings}
    changed = {key: value for key, value in settings.items() if not _holds(key, before[key], value)}
    try:
        _configure(spark, changed)
        _check_options(spark)
    except Exception:
        _configure(spark, {k: before[k] for k in changed if spark.conf.get(k, None) != before[k]})
        raise
    return spark


def _holds(key: str, now: str | None, value: str | None) -> bool:
    if key in _ADDED_TO:
        return set(_items(value)) <= set(_items(now))
    return now == value


def _configure(spark: SparkSession, settings: Mapping[str, str | None]) -> None:
    for key, value in settings.items():
        try:
            if value is None:
                spark.conf.unset(key)
            else:
                spark.conf.set(key, value)
        except PySparkException as e:
            if not (e.getCondition() or "").startswith("CANNOT_MODIFY_"):
                raise
            if _STARTED_WITH.get(spark, {}).get(key, ...) != value:
                raise ValueError(
                    f"conf: {key} cannot change in a session that runs: it is "
                    f"{spark.conf.get(key, None)!r}, and {value!r} is asked for; call stop() on "
                    "the session before, or leave the key as it is"
                ) from None


def _check_options(spark: SparkSession) -> None:
    from py4j.protocol import Py4JJavaError

    try:
        spark.sql("SELECT ai_count_tokens('')")  # a call is analyzed at once, and reads the options
    except Py4JJavaError as e:
        raise ValueError(e.java_exception.getMessage()) from None


def _items(text: str | None) -> list[str]:
    return [item.strip() for item in (text or "").split(",") if item.strip()]


def _joined(*lists: str | None) -> str:
    return ",".join(dict.fromkeys(item for each in lists for item in _items(each)))


def _built_artifact(clone: Path) -> Path:
    target = clone / "spark-jobs" / "target"
    found = sorted(target.glob("promptmill-*.jar"))
    if len(found) != 1:
        names = ", ".join(file.name for file in found) or "none"
        raise FileNotFoundError(
            f"expected one {target}/promptmill-*.jar, found {names}; build it in the clone with "
            "'mvn -B -q -DskipTests clean package', or name another with jar=..."
        )
    return found[0]


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _text(value: Any) -> str | None:
    """Give an option's value as the JVM reads it; None where there is none."""
    if value is None or value == [] or value == ():
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, tuple)) and not any(isinstance(each, str) for each in value):
        return ",".join(map(str, value))
    if isinstance(value, (list, tuple, Mapping)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
