package io.llmgateway.runtime.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Workload identity federation: who we are elsewhere, such as on EKS, is who we are at Google. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederationTest {
  private Path directory;
  private FederationStub google;
  private Path file;

  @BeforeAll
  void start(@TempDir Path made) throws Exception {
    directory = made;
    google = new FederationStub(made);
  }

  @BeforeEach
  void project() throws IOException {
    file = Files.writeString(directory.resolve("token"), google.subjectToken);
  }

  @AfterAll
  void stop() {
    google.close();
  }

  private String fileSource() {
    return "{\"file\":\"" + file + "\"}";
  }

  @Test
  void aProjectedTokenIsExchangedAndReadAnewEachTime() throws Exception {
    GoogleTokenSource source = new GoogleTokenSource(google.config(fileSource(), false));
    String first = source.fetch(false).value();
    assertThat(google.accepts(first)).isTrue();

    google.subjectToken = "eyJ.subject.2";
    Files.writeString(file, google.subjectToken);
    String second = source.fetch(false).value();
    assertThat(second).isNotEqualTo(first);
    assertThat(google.accepts(second)).isTrue();
  }

  @Test
  void aServiceAccountIsImpersonatedAndItsTokensTimeCounts() throws Exception {
    GoogleTokenSource source = new GoogleTokenSource(google.config(fileSource(), true));

    assertThat(google.accepts(source.fetch(false).value())).isTrue();
    assertThat(source.fetch(false).value()).startsWith("ya29.c.");
    assertThat(source.fetch(false).expiresAt())
        .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3601));
  }

  @Test
  void aTokenThatSomeUrlGivesIsExchanged() throws Exception {
    GoogleTokenSource source = new GoogleTokenSource(google.config(google.urlSource(), true));

    assertThat(google.accepts(source.fetch(false).value())).isTrue();
  }

  @Test
  void whatIsRefusedIsSaidAndTheTokenIsNot() throws Exception {
    Files.writeString(file, "eyJ.of.another");
    assertThatThrownBy(() -> new GoogleTokenSource(google.config(fileSource(), true)).fetch(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rejected by the attribute condition")
        .hasMessageNotContaining("eyJ.of.another");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    String gone = "{\"file\":\"" + directory.resolve("gone") + "\"}";
    for (boolean impersonating : new boolean[] {false, true}) {
      assertThatThrownBy(
              () -> new GoogleTokenSource(google.config(gone, impersonating)).fetch(false))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("gone");
    }
  }
}
