/**
 * What Spark finds by name: the plugin. Packages depend on each other one way: {@code conf} ←
 * {@code executor} ← {@code plan} ← {@code io}, {@code report} ← {@code job}.
 */
package io.promptmill.spark;
