/**
 * Categories and the one exception type of the project; everything may depend on it, it depends on
 * nothing.
 */
package io.promptmill.error;
