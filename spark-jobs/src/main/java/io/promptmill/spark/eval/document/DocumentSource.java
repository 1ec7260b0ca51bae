package io.promptmill.spark.eval.document;

import io.promptmill.error.PromptmillException;
import io.promptmill.spark.eval.Document;
import io.promptmill.spark.eval.task.DatasetDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Documents of data sets from their files, on the driver. */
public final class DocumentSource {

  private final DataRoots roots;
  private final Configuration hadoop;

  public DocumentSource(DataRoots roots, Configuration hadoop) {
    this.roots = roots;
    this.hadoop = hadoop;
  }

  /**
   * Looks for the files of all splits before any is read.
   *
   * @throws PromptmillException with {@code OPTION_INVALID}, once for all of them, that says which
   *     files are expected where, which were found and how to get the others
   * @throws IOException if the file system fails
   */
  public void requireFiles(Collection<SplitNeed> needs) throws IOException {
    MissingFiles missing = new MissingFiles();
    for (SplitNeed need : needs) {
      SplitFiles files = SplitFiles.find(need.dataset(), need.split(), roots, hadoop);
      missing.add(need, files, roots);
    }
    missing.throwIfAny();
  }

  /**
   * All documents of a split in the order of the files, shard after shard.
   *
   * @throws PromptmillException with {@code OPTION_INVALID} if files are missing or malformed,
   *     naming file and row
   * @throws IOException if the file system fails
   */
  public List<Document> read(DatasetDefinition dataset, String split) throws IOException {
    SplitFiles found = SplitFiles.find(dataset, split, roots, hadoop);
    MissingFiles missing = new MissingFiles();
    missing.add(new SplitNeed(dataset, split), found, roots);
    missing.throwIfAny();
    DocumentMapping mapping = DocumentMapping.of(dataset);
    List<Document> documents = new ArrayList<>();
    for (DataFile file : found.files()) {
      int index = 0;
      for (Map<String, Object> row : FileFormats.read(file, dataset.columns())) {
        documents.add(mapping.document(row, file, index++));
      }
    }
    return documents;
  }
}
