package io.promptmill.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptmill.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreJobTest {
  @TempDir Path temp;

  private CommandLineRun score(String... args) throws IOException {
    Path input =
        Files.writeString(
            temp.resolve("q.jsonl"),
            """
            {"q":"one","a":"x","b":"yy","list":["p","qq","rrr"]}
            {"q":null,"a":"x","b":"yy","list":["p"]}
            """);
    String[] all = new String[args.length + 4];
    all[0] = "--input";
    all[1] = input.toString();
    all[2] = "--prompt-column";
    all[3] = "q";
    System.arraycopy(args, 0, all, 4, args.length);
    return CommandLineRun.withModel(temp, "score", all);
  }

  @Test
  void scoresCandidateColumnsAndKeepsFailedRows() throws IOException {
    Path output = temp.resolve("out");

    CommandLineRun run =
        score(
            "--candidates-column", "a", "--candidates-column", "b", "--output", output.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    Row[] rows =
        (Row[]) LocalSpark.session().read().parquet(output.toString()).orderBy("q").collect();
    assertThat(rows).hasSize(2);
    assertThat(rows[0].<Row>getAs("scores").<Row>getAs("error")).isNotNull();
    assertThat(rows[1].<Row>getAs("scores").<Integer>getAs("best")).isEqualTo(1);
    assertThat(rows[1].<Row>getAs("scores").<Object>getList(0)).hasSize(2);
  }

  @Test
  void scoresAListColumnAFixedListAndTheTextItself() throws IOException {
    assertThat(score("--candidates-column", "list").out()).contains("[-1.0000, -0.5000, -0.3333]");
    assertThat(score("--candidates", " A, BCD").out()).contains("[-0.5000, -0.2500]");
    assertThat(score("--candidates", "[\"A,\", \"B\"]").out()).contains("[-0.5000, -1.0000]");
    assertThat(score("--whole-text").out()).contains("[-0.1000]");
  }

  @Test
  void wantsExactlyOneKindOfCandidates() throws IOException {
    CommandLineRun none = score();
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err())
        .contains("expected one of --candidates-column, --candidates, --whole-text, found none");
    assertThat(score("--whole-text", "--candidates", "A").err())
        .contains("found --candidates and --whole-text");
  }
}
