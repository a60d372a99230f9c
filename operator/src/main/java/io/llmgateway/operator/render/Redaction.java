package io.llmgateway.operator.render;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.runtime.config.CredentialShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;

/** Secrets as people may see them: readable, without anything that opens a door. */
final class Redaction {
  static final String REDACTED = "<redacted>";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final ObjectWriter PRETTY =
      JSON.writer(
          new DefaultPrettyPrinter()
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private Redaction() {}

  /** The Secret as a tree whose {@code stringData} can be read. */
  static ObjectNode of(Secret secret) {
    ObjectNode tree = Yaml.MAPPER.valueToTree(secret);
    tree.remove("data");
    ObjectNode readable = tree.putObject("stringData");
    for (Map.Entry<String, String> entry : secret.getData().entrySet()) {
      readable.put(entry.getKey(), readable(entry.getKey(), entry.getValue()));
    }
    return tree;
  }

  private static String readable(String file, String base64) {
    if (!file.endsWith(".json")) {
      return REDACTED;
    }
    try {
      JsonNode content = JSON.readTree(Base64.getDecoder().decode(base64));
      if (file.equals(CredentialShard.FILE)) {
        redactAll((ObjectNode) content.path("credentials"));
      }
      // A key that a person made up could be guessed from its hash.
      content.path("keys").forEach(key -> ((ObjectNode) key).put("sha256", REDACTED));
      return PRETTY.writeValueAsString(content) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void redactAll(ObjectNode values) {
    values.fieldNames().forEachRemaining(name -> values.set(name, TextNode.valueOf(REDACTED)));
  }
}
