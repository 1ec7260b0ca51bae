package io.promptmill.spark.eval.document;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Parquet, as {@code datasets}, pandas and Spark write it. */
final class ParquetRows implements RowReader {

  @Override
  public List<Map<String, Object>> read(DataFile file, List<String> columns) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    ParquetValues values = new ParquetValues(file);
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file.path())
            .withConf(file.fileSystem().getConf())
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(values.struct(row));
      }
    }
    return rows;
  }
}
