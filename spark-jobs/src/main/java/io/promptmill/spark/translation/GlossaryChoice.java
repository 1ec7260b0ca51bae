package io.promptmill.spark.translation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** Where a document's glossary comes from. */
public sealed interface GlossaryChoice extends Serializable {

  /**
   * @throws IllegalArgumentException if the row's glossary is not what it must be
   */
  Glossary of(Row row);

  record None() implements GlossaryChoice {
    @Override
    public Glossary of(Row row) {
      return Glossary.NONE;
    }
  }

  /** One for all rows. */
  final class Fixed implements GlossaryChoice {
    private static final long serialVersionUID = 1;

    private final Glossary glossary;

    private Fixed(Glossary glossary) {
      this.glossary = glossary;
    }

    @Override
    public Glossary of(Row row) {
      return glossary;
    }
  }

  /**
   * The glossary of a file.
   *
   * @param name the file's, for its extension and for errors
   * @throws io.promptmill.error.PromptmillException with {@code OPTION_INVALID} that names file and
   *     line
   */
  static GlossaryChoice ofFile(String name, String text) {
    return new Fixed(new Glossary(GlossaryFile.read(name, text)));
  }

  /** A column of {@code map<string,string>}; null for no terms. */
  record MapColumn(String column) implements GlossaryChoice {
    @Override
    public Glossary of(Row row) {
      scala.collection.Map<String, String> terms = row.getAs(column);
      return terms == null ? Glossary.NONE : Glossary.of(CollectionConverters.asJava(terms));
    }
  }

  /** A text column of JSON objects with texts; null, also as JSON, for no terms. */
  record JsonColumn(String column) implements GlossaryChoice {
    private static final ObjectReader JSON =
        new ObjectMapper()
            .readerFor(new TypeReference<Map<String, String>>() {})
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public Glossary of(Row row) {
      String json = row.getAs(column);
      if (json == null) {
        return Glossary.NONE;
      }
      try {
        Map<String, String> terms = JSON.readValue(json);
        return terms == null ? Glossary.NONE : Glossary.of(terms);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "column '%s': expected a JSON object of texts, found '%s'"
                .formatted(column, json.length() <= 80 ? json : json.substring(0, 80) + "…"),
            e);
      }
    }
  }
}
