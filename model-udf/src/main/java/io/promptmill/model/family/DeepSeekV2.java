package io.promptmill.model.family;

import io.promptmill.checkpoint.CheckpointDirectory;
import io.promptmill.model.CausalLm;
import io.promptmill.model.ModelInfo;
import io.promptmill.model.ModelOptions;
import io.promptmill.model.layer.Embedding;
import io.promptmill.model.layer.LmHead;
import io.promptmill.model.layer.RmsNorm;
import io.promptmill.model.layer.RotaryEmbedding;
import io.promptmill.model.runtime.DevicePlacement;
import io.promptmill.model.runtime.GraphSession;
import io.promptmill.model.runtime.KvTensors;
import io.promptmill.model.runtime.LayerContext;
import io.promptmill.model.runtime.Precision;
import io.promptmill.model.runtime.WeightVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** DeepSeek-V2, V2-Lite and their kin: config → weight names → layers → model. */
final class DeepSeekV2 {
  static final String ARCHITECTURE = "DeepseekV2ForCausalLM";

  /** Buffers that some published checkpoints carry; they are computed from the config. */
  private static final Pattern IGNORABLE =
      Pattern.compile("model\\.layers\\.\\d+\\.self_attn\\.rotary_emb\\.inv_freq");

  private DeepSeekV2() {}

  static CausalLm open(CheckpointDirectory checkpoint, ModelOptions options) {
    return open(checkpoint, options, ModelVariant.fastest(DevicePlacement.of(options.devices())));
  }

  static GraphCausalLm open(
      CheckpointDirectory checkpoint, ModelOptions options, ModelVariant variant) {
    DeepSeekV2Config config = DeepSeekV2Config.of(checkpoint.config());
    DevicePlacement placement = DevicePlacement.of(options.devices());
    Precision precision = Precision.of(options.dtype(), placement);
    CacheSize cache =
        CacheSize.of(
            options.cacheBytes(),
            (long) config.layers() * config.mla().cacheWidth() * precision.bytes());
    GraphSession session = new GraphSession(placement, options.threads());
    try {
      WeightVariables weights = new WeightVariables(checkpoint.weights(), precision);
      DecoderGraph graph = build(config, placement, precision, variant, session, weights, cache);
      weights.requireAllClaimed(name -> IGNORABLE.matcher(name).matches());
      weights.load(session);
      graph.cache().clear(session);
      ModelInfo info =
          new ModelInfo(
              ARCHITECTURE,
              checkpoint.revision(),
              config.vocab(),
              config.maxPositions(),
              precision.text(),
              placement.devices(),
              weights.parameters(),
              weights.residentBytes());
      return new GraphCausalLm(
          session,
          graph,
          info,
          cache.layout(),
          options.maxStepTokens(),
          new AttentionMemory(config.mla(), precision));
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  private static DecoderGraph build(
      DeepSeekV2Config config,
      DevicePlacement placement,
      Precision precision,
      ModelVariant variant,
      GraphSession session,
      WeightVariables weights,
      CacheSize size) {
    int hidden = config.mla().hidden();
    Ops first = session.on(placement.first());
    RotaryEmbedding rotary =
        new RotaryEmbedding(config.mla().rotary(), config.rotaryBase(), config.yarn());
    KvTensors cache = new KvTensors(first, precision, size.slots());
    StepGraphInputs in = new StepGraphInputs(first, precision, rotary);
    LayerContext outer = LayerContext.on(placement.first(), session, weights, precision);
    Operand<TFloat32> x =
        new Embedding(outer, "model.embed_tokens", config.vocab(), hidden).apply(in.tokenIds());
    List<Operand<TFloat32>> states = new ArrayList<>(List.of(x));
    List<Op> writes = new ArrayList<>();
    for (int index = 0; index < config.layers(); index++) {
      LayerContext c =
          LayerContext.on(placement.layer(index, config.layers()), session, weights, precision);
      DecoderLayer layer = new DecoderLayer(c, index, config, variant, rotary, cache);
      DecoderLayer.Written written = layer.write(x, in.slots(), in.all().cos(), in.all().sin());
      writes.add(written.cache());
      if (index < config.layers() - 1) {
        x = layer.apply(x, written.rows(), written, in.all());
      } else {
        // Beyond the last latents only the rows that the head wants go on.
        Operand<TFloat32> rows = c.tf().gather(x, in.headRows(), c.tf().constant(0));
        var normed = c.tf().gather(written.rows(), in.headRows(), c.tf().constant(0));
        x = layer.apply(rows, normed, written, in.head());
      }
      states.add(x);
    }
    LayerContext last = LayerContext.on(placement.last(), session, weights, precision);
    RmsNorm norm = new RmsNorm(last, "model.norm", hidden, config.normEps());
    String projection = config.tied() ? "model.embed_tokens" : "lm_head";
    LmHead head = new LmHead(last, norm, projection, config.vocab(), hidden);
    return new DecoderGraph(in, rotary, cache, List.copyOf(states), List.copyOf(writes), head);
  }
}
