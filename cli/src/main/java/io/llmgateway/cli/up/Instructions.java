package io.llmgateway.cli.up;

import io.llmgateway.cli.up.Showcase.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What is printed for a person to paste. */
final class Instructions {
  private Instructions() {}

  /** The last line starts with READY. */
  static String of(Found found, List<String> troubles, Path kubeconfig, Duration took) {
    var text = new StringBuilder();
    if (found.key() != null) {
      text.append(calls(Objects.requireNonNull(found.url()), found.key(), model(found)));
    } else if (found.url() != null) {
      text.append(
          "No ApiKey is in force yet for gateway "
              + found.gateway()
              + ": apply one, and its Secret has the key.\n\n");
    }
    text.append(
        """
        Change it, in another shell:
          export KUBECONFIG=%s; kubectl get llmgw,mroute,llmkey

        """
            .formatted(quoted(kubeconfig.toString())));
    troubles.forEach(t -> text.append("Not usable yet: ").append(t).append('\n'));
    text.append(
        String.format(
            Locale.ROOT,
            "READY after %.1f s: %s (Ctrl-C ends it)%n",
            took.toMillis() / 1000.0,
            found.url() == null
                ? "there is no LlmGateway yet, apply one"
                : "gateway " + found.gateway() + " answers at " + found.url()));
    return text.toString();
  }

  private static String model(Found found) {
    return found.models().isEmpty() ? "MODEL" : found.models().getFirst();
  }

  private static String calls(String url, String key, String model) {
    return """

        Call it:
          curl %1$s/v1/chat/completions \\
            -H 'Authorization: Bearer %2$s' -H 'Content-Type: application/json' \\
            -d '{"model": "%3$s", "messages": [{"role": "user", "content": "Hello"}]}'

        With an OpenAI SDK, such as Python's:
          from openai import OpenAI
          client = OpenAI(base_url="%1$s/v1", api_key="%2$s")
          print(client.chat.completions.create(
              model="%3$s", messages=[{"role": "user", "content": "Hello"}]).choices[0].message.content)

        """
        .formatted(url, key, model);
  }

  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9_./-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }
}
