package io.promptmill.model.runtime;

import io.promptmill.error.ErrorCode;
import io.promptmill.error.PromptmillException;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** A graph under construction and the session that runs it. Not thread-safe. */
public final class GraphSession implements AutoCloseable {
  static {
    NativeLimits.lift();
  }

  private final Graph graph = new Graph();
  private final Session session;
  private final Ops tf = Ops.create(graph);

  /**
   * @param threads threads of one operation, 0 for all processors of the JVM; operations run one
   *     after the other, so that Spark's tasks are not starved
   * @throws PromptmillException with {@link ErrorCode#OPTION_INVALID} if a device is not there
   */
  public GraphSession(DevicePlacement placement, int threads) {
    ConfigProto config = config(placement, threads, true);
    placement.devices().forEach(device -> probe(device, config(placement, threads, false)));
    session = new Session(graph, config);
  }

  private static ConfigProto config(DevicePlacement placement, int threads, boolean soft) {
    int intra = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    return ConfigProto.newBuilder()
        .putDeviceCount("CPU", placement.cpuCount())
        .setIntraOpParallelismThreads(intra)
        .setInterOpParallelismThreads(1)
        .setAllowSoftPlacement(soft)
        .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
        .build();
  }

  private static void probe(String device, ConfigProto strict) {
    try (Graph probe = new Graph();
        Session session = new Session(probe, strict)) {
      Ops tf = Ops.create(probe).withDevice(spec(device));
      session.runner().addTarget(tf.zerosLike(tf.constant(1f)).op()).run().close();
    } catch (RuntimeException e) {
      throw new PromptmillException(
          ErrorCode.OPTION_INVALID,
          "devices: "
              + device
              + " is not available; the TensorFlow library in use says: "
              + e.getMessage(),
          e);
    }
  }

  /** Builds operations on a device. */
  public Ops on(String device) {
    return tf.withDevice(spec(device));
  }

  private static DeviceSpec spec(String device) {
    int colon = device.indexOf(':');
    return DeviceSpec.newBuilder()
        .deviceType(DeviceSpec.DeviceType.valueOf(device.substring(1, colon)))
        .deviceIndex(Integer.parseInt(device.substring(colon + 1)))
        .build();
  }

  public Session.Runner runner() {
    return session.runner();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
