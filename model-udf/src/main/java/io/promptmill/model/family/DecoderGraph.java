package io.promptmill.model.family;

import io.promptmill.model.layer.LmHead;
import io.promptmill.model.layer.RotaryEmbedding;
import io.promptmill.model.runtime.KvTensors;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * A built decoder.
 *
 * @param in what a step feeds
 * @param rotary where its cosines and sines come from
 * @param cache the latents
 * @param states embedding {@code [T, hidden]}, then the output of each layer, the last one's {@code
 *     [R, hidden]} for the head's rows alone and before the final norm
 * @param writes for each layer, the write of its latents
 * @param head the language-model head
 */
record DecoderGraph(
    StepGraphInputs in,
    RotaryEmbedding rotary,
    KvTensors cache,
    List<Operand<TFloat32>> states,
    List<Op> writes,
    LmHead head) {}
