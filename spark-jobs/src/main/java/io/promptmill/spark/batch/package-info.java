/**
 * OpenAI's batch files. In: lines of JSON, each a request to an endpoint. Out: for each line its
 * request in parts that the model is asked about, and from the model's answers a line of JSON with
 * the endpoint's response, or with what is wrong. Next: {@code job} puts inference between the two.
 */
package io.promptmill.spark.batch;
