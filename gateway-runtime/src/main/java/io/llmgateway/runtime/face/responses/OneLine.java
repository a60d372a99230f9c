package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.RawJson;

/** JSON of others, fit for the one line that an event's data is. */
final class OneLine {
  private OneLine() {}

  static RawJson of(RawJson json) {
    byte[] bytes = json.utf8();
    byte[] changed = null;
    for (int i = 0; i < bytes.length; i++) {
      // Within a string they are escaped: these are white space.
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        if (changed == null) {
          changed = bytes.clone();
        }
        changed[i] = ' ';
      }
    }
    return changed == null ? json : RawJson.of(changed);
  }
}
