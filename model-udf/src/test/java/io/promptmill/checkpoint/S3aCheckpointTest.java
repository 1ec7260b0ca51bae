package io.promptmill.checkpoint;

import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** {@code s3a:} through Hadoop's connector against S3Proxy with an in-memory store. */
class S3aCheckpointTest extends CheckpointDirectoryContract {
  private static final String BUCKET = "checkpoints";
  private static S3Proxy server;

  @BeforeAll
  static void start() throws Exception {
    TransientNio2BlobStore store = new TransientNio2BlobStore();
    server =
        S3Proxy.builder()
            .blobStore(store)
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "access", "secret")
            .endpoint(URI.create("http://127.0.0.1:0"))
            .build();
    server.start();
    store.createContainer(BUCKET);
  }

  @AfterAll
  static void stop() throws Exception {
    FileSystem.closeAll();
    server.stop();
  }

  @Override
  String store(TinyCheckpoint checkpoint, String name) throws Exception {
    Path folder = new Path("s3a://" + BUCKET + "/models/" + name);
    checkpoint.writeTo(folder.getFileSystem(conf()), folder);
    return folder.toString();
  }

  @Override
  Configuration conf() {
    Configuration conf = new Configuration();
    conf.set("fs.s3a.endpoint", "http://127.0.0.1:" + server.getPort());
    conf.set("fs.s3a.endpoint.region", "us-east-1");
    conf.set("fs.s3a.path.style.access", "true");
    conf.set("fs.s3a.access.key", "access");
    conf.set("fs.s3a.secret.key", "secret");
    return conf;
  }
}
