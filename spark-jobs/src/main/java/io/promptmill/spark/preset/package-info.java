/**
 * Presets: options for a task as data. In: a name or a file. Out: values of options, which
 * configuration puts between the user's and the defaults.
 */
package io.promptmill.spark.preset;
