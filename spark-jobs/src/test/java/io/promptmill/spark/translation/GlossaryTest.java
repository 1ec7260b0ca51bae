package io.promptmill.spark.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptmill.error.PromptmillException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossaryTest {
  private static final Glossary GLOSSARY =
      Glossary.of(
          Map.of("server", "服务器", "web server", "网络服务器", "US", "美国", "猫", "cat", "C++", "C加加"));

  private static List<String> terms(String text) {
    return GLOSSARY.termsIn(text, Spans.ALL.find(text)).stream().map(Term::source).toList();
  }

  @Test
  void theLongestTermIsFoundInCapitalLettersTooAndEachOnce() {
    assertThat(terms("The Web Server is no server. SERVER! C++ too"))
        .containsExactly("web server", "server", "C++");
  }

  @Test
  void aTermWithCapitalLettersIsFoundOnlyAsItIs() {
    assertThat(terms("Join us in the US.")).containsExactly("US");
  }

  @Test
  void alphabetsHaveWordBordersAndChineseHasNone() {
    assertThat(terms("observer servers USA")).isEmpty();
    assertThat(terms("小猫server在")).containsExactly("猫", "server");
  }

  @Test
  void ofTermsThatDifferInCapitalLettersTheOneThatStandsThereIsFound() {
    Glossary both = Glossary.of(Map.of("us", "uns", "US", "USA", "Us", "Wir"));

    assertThat(both.termsIn("Us, US, us and uS", List.of()))
        .extracting(Term::target)
        .containsExactly("Wir", "USA", "uns");
  }

  @Test
  void nullAndBlankAreNoTermsAndWhatIsNoObjectIsAnError() {
    GlossaryChoice column = new GlossaryChoice.JsonColumn("m");

    for (String none : List.of("null", " null ", "{}", "{\"a\":null,\"b\":\" \"}")) {
      assertThat(column.of(row(none)).termsIn("a b", List.of())).isEmpty();
    }
    assertThat(column.of(row(null)).termsIn("a b", List.of())).isEmpty();
    for (String wrong : List.of("", "1", "\"a\"", "[]", "{\"a\":{}}", "{} {}", "{")) {
      assertThatThrownBy(() -> column.of(row(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("column 'm': expected a JSON object of texts, found '" + wrong + "'");
    }
  }

  private static Row row(String glossary) {
    StructType schema = new StructType().add("m", DataTypes.StringType);
    return new GenericRowWithSchema(new Object[] {glossary}, schema);
  }

  @Test
  void theTasksOfAProcessShareAGlossary() throws Exception {
    assertThat(copy(GLOSSARY)).isSameAs(copy(GLOSSARY));
    assertThat(copy(GLOSSARY).termsIn("a cat, 猫", List.of())).containsExactly(new Term("猫", "cat"));
  }

  private static Glossary copy(Glossary glossary) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(glossary);
    return (Glossary)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @Test
  void whatIsProtectedHoldsNoTerm() {
    assertThat(terms("{server} `server` https://server/x")).isEmpty();
  }

  @Test
  void aTranslationHasATermInCapitalLettersOrNot() {
    assertThat(new Term("猫", "cat").isIn("Cats!")).isTrue();
    assertThat(new Term("server", "服务器").isIn("服务")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g.csv|source,note,target\\n\"a, b\",x,c\\nd,,e\\n",
        "g.csv| target ,source,,\\nc,\"a, b\",,\\n\\ne,d\\n",
        "g.tsv|target\\tsource\\nc\\ta, b\\ne\\td\\n",
        "G.JSONL|{\"source\":\"a, b\",\"target\":\"c\"}\\n\\n{\"source\":\"d\",\"target\":\"e\",\"n\":1}"
      })
  void isReadFromTablesAndJsonLines(String name, String text) {
    assertThat(GlossaryFile.read(name, text.replace("\\n", "\n").replace("\\t", "\t")))
        .containsExactly(new Term("a, b", "c"), new Term("d", "e"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "g.csv|from,to\\na,b|g.csv, line 1: expected the columns source and target, found from, to",
        "g.csv|source,target\\na,b\\na|g.csv, line 3: expected 2 columns, found 1 columns",
        "g.csv|source,target\\na,b\\n,c|g.csv, line 3: expected source and target, found '', 'c'",
        "g.csv|source,target\\na,b\\nd,e\\na,c|g.csv, line 4: expected one translation of 'a', which is 'b' in line 2, found 'c'",
        "g.csv|source,target\\na,b, c|g.csv, line 2: expected 2 columns, found 3 columns",
        "g.csv|source,target\\n\"foo\"x,bar|g.csv, line 2: expected a table: Invalid character between",
        "g.csv|source,target\\na,b\\n\"c,d\\ne,f|g.csv, line 3: expected a table: (startline 3) EOF reached",
        "g.csv|\"source,target|g.csv, line 1: expected a table: (startline 1) EOF reached",
        "g.csv|source,target,source\\na,b,c|g.csv, line 1: expected one column source, found source, target, source",
        "g.tsv|''|g.tsv, line 1: expected the columns source and target, found an empty file",
        "g.jsonl|{\"source\":\"a\",\"target\":\"b\"} {}|g.jsonl, line 1: expected a JSON object: ",
        "g.jsonl|{\"source\":\"a\",\"target\":\"b\"}\\n{\"source\":1}|g.jsonl, line 2: expected a text \"source\", found {\"source\":1}",
        "g.jsonl|{oops|g.jsonl, line 1: expected a JSON object",
        "g.txt|a|expected a file that ends in .csv, .tsv or .jsonl, found 'g.txt'"
      })
  void whatIsWrongIsSaidWithFileAndLine(String name, String text, String message) {
    assertThatThrownBy(() -> GlossaryFile.read(name, text.replace("\\n", "\n")))
        .isInstanceOf(PromptmillException.class)
        .hasMessageStartingWith("--glossary: ")
        .hasMessageContaining(message);
  }
}
