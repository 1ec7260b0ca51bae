/**
 * Measures a model of V2-Lite's layer shapes through the engine. In: {@code BenchmarkOptions}. Out:
 * {@code BenchmarkReport}, with the machine's own limits from the same run. Next: the {@code
 * benchmark} subcommand.
 */
package io.promptmill.benchmark;
