package io.promptmill.udf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputColumnTest {

  private static final PromptSpec PROMPT =
      new PromptSpec(new PromptSource.Column("prompt"), false, null);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void everyBufferIsReleased() {
    allocator.close();
  }

  @Test
  void aDictionaryIsNotPartOfTheBatch() {
    FieldType encoded =
        new FieldType(true, new ArrowType.Int(32, true), new DictionaryEncoding(1, false, null));
    try (VectorSchemaRoot batch = Batches.of(new IntVector("prompt", encoded, allocator))) {
      assertThatThrownBy(() -> InputColumn.of(batch, "prompt"))
          .isInstanceOf(PromptmillException.class)
          .hasMessage(
              "column 'prompt': expected plain values, found dictionary-encoded Int(32, true)");
    }
  }

  @Test
  void aPromptColumnMustBeText() {
    try (VectorSchemaRoot batch = Batches.of(new IntVector("prompt", allocator))) {
      PromptReader reader = new PromptReader(PROMPT, Optional.empty(), true, "m");

      assertThatThrownBy(() -> reader.bind(batch))
          .isInstanceOf(PromptmillException.class)
          .hasMessage("column 'prompt': expected text, found Int(32, true)");
    }
  }

  @Test
  void aCandidatesColumnMustBeAnArrayOfTexts() {
    CandidateSource source = new CandidateSource.ListColumn("choices");
    try (VectorSchemaRoot batch = Batches.of(Batches.texts(allocator, "choices", "A"))) {
      assertThatThrownBy(() -> CandidateReader.bind(source, batch))
          .isInstanceOf(PromptmillException.class)
          .hasMessage("column 'choices': expected an array of texts, found Utf8");
    }
  }

  @Test
  void aCandidateColumnOfNumbersIsReadAsText() {
    CandidateSource source = new CandidateSource.Columns(List.of("year"));
    IntVector years = new IntVector("year", allocator);
    years.setSafe(0, 1984);
    years.setValueCount(1);
    try (VectorSchemaRoot batch = Batches.of(years)) {
      assertThat(CandidateReader.bind(source, batch).at(0)).containsExactly("1984");
    }
  }
}
