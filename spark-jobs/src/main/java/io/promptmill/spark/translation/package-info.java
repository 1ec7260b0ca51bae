/**
 * Translation of documents: {@link io.promptmill.spark.translation.Translation} cuts rows into
 * segments, mends what a model lost, and makes rows of translated segments again; {@link
 * io.promptmill.spark.translation.TranslationQuality} compares with references. The job asks the
 * model in between.
 */
package io.promptmill.spark.translation;
