package io.promptmill.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hdfs:} against a cluster of one name node and one data node in this process. */
class HdfsCheckpointTest extends CheckpointDirectoryContract {
  @TempDir static Path storage;
  private static MiniDFSCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    Configuration conf = new HdfsConfiguration();
    // Several blocks per file, so that ranges cross their borders.
    conf.setLong("dfs.blocksize", 4 << 20);
    cluster = new MiniDFSCluster.Builder(conf, storage.toFile()).numDataNodes(1).build();
    cluster.waitClusterUp();
  }

  @AfterAll
  static void stop() {
    cluster.shutdown(true);
  }

  @Override
  String store(TinyCheckpoint checkpoint, String name) throws Exception {
    org.apache.hadoop.fs.Path folder =
        new org.apache.hadoop.fs.Path(cluster.getURI() + "/models/" + name);
    checkpoint.writeTo(cluster.getFileSystem(), folder);
    return folder.toString();
  }

  @Override
  Configuration conf() {
    return new Configuration();
  }

  @Test
  void streamsReadStraightIntoNativeMemory() throws Exception {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path("/streams");
    cluster.getFileSystem().create(file).close();
    try (var stream = cluster.getFileSystem().open(file)) {
      assertThat(stream.hasCapability(StreamCapabilities.PREADBYTEBUFFER)).isTrue();
    }
  }
}
