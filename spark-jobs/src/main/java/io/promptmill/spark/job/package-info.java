/**
 * The command line: one main class, one subcommand for each job. In: arguments. Out: tables,
 * reports, exit codes.
 */
package io.promptmill.spark.job;
