package io.promptmill.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Digest that tells checkpoints apart: the first 128 bits, in hexadecimal, of SHA-256 over
 *
 * <ul>
 *   <li>the whole content of {@code config.json}, {@code generation_config.json}, {@code
 *       tokenizer.json}, {@code tokenizer_config.json} and {@code chat_template.jinja}, as far as
 *       present;
 *   <li>name, size and header of every safetensors file.
 * </ul>
 *
 * It does not depend on where the checkpoint lies. It reads no weights: checkpoints that differ in
 * nothing but the values of their tensors have the same revision.
 */
final class Revision {
  private static final List<String> WHOLE_FILES =
      List.of(
          HfConfig.CONFIG,
          HfConfig.GENERATION_CONFIG,
          "tokenizer.json",
          "tokenizer_config.json",
          "chat_template.jinja");

  private Revision() {}

  static String of(CheckpointFiles files, List<SafetensorsFile> shards) {
    MessageDigest digest = sha256();
    for (String name : WHOLE_FILES) {
      Optional<byte[]> content = files.content(name, CheckpointDirectory.MAX_TEXT_BYTES);
      content.ifPresent(bytes -> update(digest, name, bytes.length, sha256().digest(bytes)));
    }
    for (SafetensorsFile shard : shards) {
      update(digest, shard.file().name(), shard.file().size(), shard.digest());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Lengths go before variable parts, so that no two inputs look alike. */
  private static void update(MessageDigest digest, String name, long size, byte[] content) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(12).putInt(bytes.length).putLong(size).flip());
    digest.update(bytes);
    digest.update(content);
  }
}
