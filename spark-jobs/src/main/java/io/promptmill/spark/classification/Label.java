package io.promptmill.spark.classification;

import java.io.Serializable;

/**
 * What a text can be.
 *
 * @param name as it stands in results and in a gold column
 * @param description what texts have the label, for the prompt; empty for none
 * @param answer what the model is to say; mostly the name
 */
record Label(String name, String description, String answer) implements Serializable {

  static Label named(String name) {
    return new Label(name, "", name);
  }

  /** The answer, with the description after it where there is one. */
  String described() {
    return description.isEmpty() ? answer : answer + ": " + description;
  }
}
