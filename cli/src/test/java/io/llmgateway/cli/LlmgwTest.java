package io.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmgwTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "up --port 0 | --port | must be a number from 1 to 64000, not '0'",
        "up --port x | --port | must be a number from 1 to 64000, not 'x'",
        "up --api-port 70000 | --api-port | must be a number from 1 to 64000",
        "up --port 6443 | --port | must differ, both are 6443",
        "up --bogus | --bogus | Unknown option",
        "render | --filename=DIR | Missing required option",
        "operator --http-port -1 | --http-port | 65535",
        "operator --leader-elect=maybe | --leader-elect | true",
        "frobnicate | frobnicate | Unmatched argument",
        "'' | one of up, render, operator, gateway | a command is missing",
      })
  void aWrongParameterIsNamedAndWhatWouldBeRight(String line, String name, String right) {
    assertThat(run(line)).isEqualTo(2);
    assertThat(err.toString()).contains(name).contains(right).contains("--help");
    assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNoMatterOfUse() {
    assertThat(run("up -f nowhere")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("llmgw up: -f nowhere: there is no such file or directory\n");
  }

  @ParameterizedTest
  @CsvSource({"--help", "up --help", "render --help", "operator --help"})
  void helpIsPrinted(String line) {
    assertThat(run(line)).isZero();
    assertThat(out.toString()).startsWith("Usage: llmgw");
  }

  @Test
  void theVersionSaysWhichJavaRunsIt() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("llmgw ").contains("Java 25");
  }

  private int run(String line) {
    return Llmgw.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line.isEmpty() ? new String[0] : line.split(" ", -1));
  }
}
