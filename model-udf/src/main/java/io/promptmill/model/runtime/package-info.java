/**
 * What a model graph needs of TensorFlow: a session, devices, resident weights, the cache, step
 * inputs. Next: {@code layer}.
 */
package io.promptmill.model.runtime;
