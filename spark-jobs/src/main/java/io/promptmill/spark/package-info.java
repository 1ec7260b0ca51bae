/**
 * What Spark finds by name: the plugin and the extensions. Packages depend on each other one way:
 * {@code conf} ← {@code executor} ← {@code plan} ← {@code function}, {@code io}, {@code report} ←
 * {@code job}.
 */
package io.promptmill.spark;
