package io.promptmill.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.OutputCommitter;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineOutputFormatTest {
  @TempDir Path temp;

  @Test
  void ofAllAttemptsOfAPartitionOnlyTheCommittedOneIsThere() throws Exception {
    Job job = Job.getInstance();
    FileOutputFormat.setOutputPath(job, new org.apache.hadoop.fs.Path(temp.resolve("out").toUri()));
    Attempt failed = new Attempt(job, 0);
    failed.committer.setupJob(failed.task);
    failed.write("output", "one");
    failed.write("errors", "two");
    Attempt slow = new Attempt(job, 1);
    slow.write("output", "one");
    slow.write("errors", "two");
    Attempt fast = new Attempt(job, 2); // while the slow one goes on, as in speculation
    fast.write("output", "one");
    fast.write("errors", "two");
    fast.write("errors", "three");
    failed.writer.close(failed.task);
    failed.committer.abortTask(failed.task);
    fast.writer.close(fast.task);
    fast.committer.commitTask(fast.task);
    slow.write("errors", "three");
    slow.writer.close(slow.task);
    slow.committer.abortTask(slow.task);
    fast.committer.commitJob(fast.task);

    assertThat(files())
        .containsExactly("_SUCCESS", "errors/part-00007.jsonl", "output/part-00007.jsonl");
    assertThat(temp.resolve("out/output/part-00007.jsonl")).hasContent("one\n");
    assertThat(temp.resolve("out/errors/part-00007.jsonl")).hasContent("two\nthree\n");
  }

  private Stream<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve("out"))) {
      return all
          .filter(Files::isRegularFile)
          .map(file -> temp.resolve("out").relativize(file).toString())
          .filter(name -> !name.equals("._SUCCESS.crc"))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** One try of partition 7, with a format of its own as in a task. */
  private static final class Attempt {
    final TaskAttemptContext task;
    final OutputCommitter committer;
    final RecordWriter<Text, Text> writer;

    Attempt(Job job, int number) throws Exception {
      TaskID partition = new TaskID(new JobID("test", 1), TaskType.MAP, 7);
      task =
          new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID(partition, number));
      LineOutputFormat format = new LineOutputFormat();
      committer = format.getOutputCommitter(task);
      committer.setupTask(task);
      writer = format.getRecordWriter(task);
    }

    void write(String kind, String line) throws Exception {
      writer.write(new Text(kind), new Text(line));
    }
  }
}
