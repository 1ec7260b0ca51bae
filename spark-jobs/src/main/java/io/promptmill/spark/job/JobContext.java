package io.promptmill.spark.job;

import io.promptmill.spark.conf.PromptmillConf;
import io.promptmill.spark.executor.UdfOpener;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.apache.spark.sql.classic.SparkSession;

/**
 * What a job gets to work with.
 *
 * @param conf values of the job's keys
 * @param session starts Spark on first use, so that what is wrong with the options alone is said at
 *     once
 * @param opener where executors get their functions from
 * @param out for tables and results
 * @param err for progress and reports
 */
record JobContext(
    PromptmillConf conf,
    Supplier<SparkSession> session,
    UdfOpener opener,
    PrintStream out,
    PrintStream err) {}
