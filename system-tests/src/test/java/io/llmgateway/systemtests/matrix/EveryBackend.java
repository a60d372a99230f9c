package io.llmgateway.systemtests.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One gateway with every backend behind, for all classes that are run with this. */
final class EveryBackend implements BeforeAllCallback, BeforeEachCallback {
  static final String KEY = "sk-tests-0123456789abcdefghijklmnopqrstuv";

  private @Nullable Running running;

  private record Running(Path directory, Upstreams upstreams, GatewayProcess gateway)
      implements AutoCloseable {
    static Running start() {
      try {
        Upstreams upstreams = new Upstreams();
        ConfigDirectoryFixture config = new ConfigDirectoryFixture().key(KEY);
        upstreams.configure(config);
        Path directory = config.writeTo(Files.createTempDirectory("every-backend"));
        return new Running(
            directory, upstreams, GatewayProcess.start(directory, Upstreams.jvmOptions()));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      gateway.close();
      upstreams.close();
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(EveryBackend.class))
            .computeIfAbsent(Running.class, _ -> Running.start(), Running.class);
  }

  /** Forgets what a test has left that failed. */
  @Override
  public void beforeEach(ExtensionContext context) {
    for (Backend backend : Backend.values()) {
      running().upstreams().take(backend);
    }
  }

  private Running running() {
    return Objects.requireNonNull(running, "registered as an extension");
  }

  /** What OpenAI's clients take as their base URL. */
  String openAiUrl() {
    return running().gateway().baseUrl();
  }

  /** What Anthropic's clients take as their base URL. */
  String anthropicUrl() {
    String root = URI.create(running().gateway().baseUrl()).resolve("/").toString();
    return root.substring(0, root.length() - 1);
  }

  /**
   * Asserts that a backend was told all of the {@link Script}, in one conversation that was
   * streamed or in one that was not.
   *
   * @return the signatures of its thoughts that came back with the last request
   */
  int assertHeard(Backend backend, boolean streamed) {
    return assertHeard(backend, List.of(streamed)).getFirst();
  }

  /**
   * As {@link #assertHeard(Backend, boolean)}, of several conversations one after another.
   *
   * @param streamed of each
   */
  List<Integer> assertHeard(Backend backend, List<Boolean> streamed) {
    List<Heard> requests = running().upstreams().take(backend);
    assertThat(requests).as(backend.model()).hasSize(Script.REQUESTS * streamed.size());
    return IntStream.range(0, streamed.size())
        .mapToObj(
            talk -> {
              List<Heard> own =
                  requests.subList(Script.REQUESTS * talk, Script.REQUESTS * (talk + 1));
              assertThat(own).extracting(Heard::streamed).containsOnly(streamed.get(talk));
              Heard last = own.getLast();
              assertThat(last.lines()).as(backend.model()).isEqualTo(Script.WHOLE);
              return last.signatures();
            })
        .toList();
  }
}
