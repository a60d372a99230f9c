package io.llmgateway.runtime.provider.echo;

import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;

/** A vector of 8 numbers between -1 and 1 per input, made from its SHA-256. */
final class EchoEmbeddings implements Iterator<ByteBuf> {
  private static final int DIMENSIONS = 8;

  private final String model;
  private final EchoInput input;
  private final Usage usage;
  private final ByteBufAllocator allocator;
  private int next;

  EchoEmbeddings(String model, EchoInput input, Usage usage, ByteBufAllocator allocator) {
    this.model = model;
    this.input = input;
    this.usage = usage;
    this.allocator = allocator;
  }

  @Override
  public boolean hasNext() {
    return next < input.inputs().size();
  }

  @Override
  public ByteBuf next() {
    int index = next++;
    StringBuilder out = new StringBuilder(128);
    out.append(index == 0 ? "{\"object\":\"list\",\"data\":[" : ",");
    float[] vector = vector(input.inputs().get(index));
    out.append("{\"object\":\"embedding\",\"index\":").append(index).append(",\"embedding\":");
    if (input.base64()) {
      out.append('"').append(base64(vector)).append('"');
    } else {
      for (int i = 0; i < vector.length; i++) {
        out.append(i == 0 ? '[' : ',').append(vector[i]);
      }
      out.append(']');
    }
    out.append('}');
    if (!hasNext()) {
      out.append("],\"model\":").append(EchoJson.string(model));
      out.append(",\"usage\":{\"prompt_tokens\":").append(usage.inputTokens());
      out.append(",\"total_tokens\":").append(usage.inputTokens()).append("}}");
    }
    return ByteBufUtil.writeUtf8(allocator, out);
  }

  private static float[] vector(String text) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(text));
    float[] vector = new float[DIMENSIONS];
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] = hash.getInt() / (float) (1L << 31);
    }
    return vector;
  }

  /** Little-endian 32-bit floats, as OpenAI's API gives them. */
  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : vector) {
      bytes.putFloat(number);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
