package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.RawJson;
import java.util.Arrays;

/** JSON without the blanks between its tokens, of which whole replies are full. */
final class Compact {
  private Compact() {}

  static RawJson json(RawJson value) {
    byte[] in = value.utf8();
    byte[] out = new byte[in.length];
    int length = 0;
    boolean string = false;
    for (int i = 0; i < in.length; i++) {
      byte b = in[i];
      if (string && b == '\\') {
        out[length++] = b;
        b = in[++i];
      } else if (b == '"') {
        string = !string;
      } else if (!string && (b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
        continue;
      }
      out[length++] = b;
    }
    return length == in.length ? value : RawJson.of(Arrays.copyOf(out, length));
  }
}
