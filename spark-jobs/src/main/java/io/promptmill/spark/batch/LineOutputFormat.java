package io.promptmill.spark.batch;

import io.promptmill.spark.io.Location;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;

/**
 * Lines in folders: {@code <key>/part-00000.jsonl} for each key that a partition has. Files are
 * written where the committer wants them, so that those of failed attempts never appear.
 */
public final class LineOutputFormat extends FileOutputFormat<Text, Text> {

  @Override
  public RecordWriter<Text, Text> getRecordWriter(TaskAttemptContext task) throws IOException {
    Path work = ((PathOutputCommitter) getOutputCommitter(task)).getWorkPath();
    String name = "part-%05d.jsonl".formatted(task.getTaskAttemptID().getTaskID().getId());
    return new Writer(work, name, task);
  }

  private static final class Writer extends RecordWriter<Text, Text> {
    private final Path work;
    private final String name;
    private final TaskAttemptContext task;
    private final Map<Text, DataOutputStream> open = new HashMap<>();

    Writer(Path work, String name, TaskAttemptContext task) {
      this.work = work;
      this.name = name;
      this.task = task;
    }

    @Override
    public void write(Text folder, Text line) throws IOException {
      DataOutputStream out = open.get(folder);
      if (out == null) {
        Path file = new Path(new Path(work, folder.toString()), name);
        FileSystem fs = file.getFileSystem(task.getConfiguration());
        out = Location.withoutChecksumFiles(fs).create(file, false);
        open.put(new Text(folder), out);
      }
      out.write(line.getBytes(), 0, line.getLength());
      out.write('\n');
    }

    @Override
    public void close(TaskAttemptContext context) throws IOException {
      IOException failed = null;
      for (DataOutputStream out : open.values()) {
        try {
          out.close();
        } catch (IOException e) {
          failed = e;
        }
      }
      if (failed != null) {
        throw failed;
      }
    }
  }
}
