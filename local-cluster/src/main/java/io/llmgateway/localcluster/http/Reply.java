package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a request is answered with. */
sealed interface Reply {
  /** The whole answer at once; warnings become {@code Warning} headers, which kubectl prints. */
  record Whole(int code, String contentType, byte[] body, List<String> warnings) implements Reply {}

  /** An answer that is written as it comes about. */
  record Streamed(String contentType, Writing writing) implements Reply {}

  /** Writes the answer; returns when it has ended. */
  interface Writing {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  static Reply json(int code, JsonNode body) {
    return json(code, body, List.of());
  }

  static Reply json(int code, JsonNode body, List<String> warnings) {
    return new Whole(code, "application/json", Json.bytes(body), warnings);
  }

  static Reply text(String body) {
    return new Whole(200, "text/plain", body.getBytes(StandardCharsets.UTF_8), List.of());
  }
}
