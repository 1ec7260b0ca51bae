package io.promptmill.udf;

import io.promptmill.engine.TokenLogprob;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** Fills a {@code logprobs} column; values must be written in ascending order of index. */
final class LogprobsWriter {

  private final ListVector logprobs;
  private final StructVector tokens;
  private final IntVector tokenIds;
  private final Float4Vector values;
  private final ListVector topIds;
  private final ListVector topLogprobs;
  private final VarBinaryVector bytes;
  private final ListVector topBytes;
  private final IntFunction<byte[]> tokenBytes;

  /**
   * @param tokenBytes what a token stands for, where the column has fields for it
   */
  LogprobsWriter(StructVector parent, IntFunction<byte[]> tokenBytes) {
    this.tokenBytes = tokenBytes;
    logprobs = parent.getChild("logprobs", ListVector.class);
    tokens = (StructVector) logprobs.getDataVector();
    tokenIds = tokens.getChild("token_id", IntVector.class);
    values = tokens.getChild("logprob", Float4Vector.class);
    topIds = tokens.getChild("top_ids", ListVector.class);
    topLogprobs = tokens.getChild("top_logprobs", ListVector.class);
    bytes = tokens.getChild("bytes", VarBinaryVector.class);
    topBytes = tokens.getChild("top_bytes", ListVector.class);
  }

  void write(int index, List<TokenLogprob> entries) {
    int at = logprobs.startNewValue(index);
    for (TokenLogprob entry : entries) {
      tokens.setIndexDefined(at);
      tokenIds.setSafe(at, entry.tokenId());
      values.setSafe(at, entry.logprob());
      ListWriting.ints(topIds, at, entry.topIds());
      ListWriting.floats(topLogprobs, at, entry.topLogprobs());
      if (bytes != null) {
        bytes.setSafe(at, tokenBytes.apply(entry.tokenId()));
        ListWriting.binaries(
            topBytes, at, Arrays.stream(entry.topIds()).mapToObj(tokenBytes).toList());
      }
      at++;
    }
    logprobs.endValue(index, entries.size());
  }
}
