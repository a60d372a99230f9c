package io.llmgateway.runtime.face.responses;

import org.jspecify.annotations.Nullable;

/**
 * What stands in the {@code encrypted_content} of a reasoning item of ours: a provider's own word,
 * to be given back to it unchanged.
 */
record ReasoningSeal(Kind kind, String value) {

  enum Kind {
    /** Of the item's own text. */
    SIGNATURE("llmgw.signature."),
    /** Thinking that only its provider can read. */
    REDACTED("llmgw.redacted."),
    /** Of the function call that comes next. */
    CALL("llmgw.call.");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Null when the content is not ours: OpenAI's own, of a turn that another backend served. */
  static @Nullable ReasoningSeal of(String encryptedContent) {
    for (Kind kind : Kind.values()) {
      if (encryptedContent.startsWith(kind.prefix)) {
        return new ReasoningSeal(kind, encryptedContent.substring(kind.prefix.length()));
      }
    }
    return null;
  }

  String encryptedContent() {
    return kind.prefix + value;
  }
}
