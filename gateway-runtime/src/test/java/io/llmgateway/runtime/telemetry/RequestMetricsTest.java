package io.llmgateway.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.table.Snapshot;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private Snapshot snapshot = Requests.snapshot("gpt", "claude-*");
  private final RequestMetrics metrics = new RequestMetrics(registry, () -> snapshot);

  @Test
  void a_request_is_counted_with_its_tokens_and_times() throws IOException {
    end(Requests.ok("gpt"));

    assertThat(scrape())
        .contains(
            "llmgateway_requests_total{backend=\"only\",error_type=\"\",model=\"gpt\","
                + "operation=\"chat\",provider=\"openai\",route=\"default/r\",status=\"200\"} 1.0",
            "gen_ai_server_request_duration_seconds_bucket{backend=\"only\",error_type=\"\","
                + "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\","
                + "gen_ai_request_model=\"gpt\",route=\"default/r\",le=\"1.28\"} 1",
            "gen_ai_server_time_to_first_token_seconds_sum{backend=\"only\","
                + "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\","
                + "gen_ai_request_model=\"gpt\",route=\"default/r\"} 0.012345678",
            "gen_ai_client_token_usage_sum{backend=\"only\",gen_ai_operation_name=\"chat\","
                + "gen_ai_provider_name=\"openai\",gen_ai_request_model=\"gpt\","
                + "gen_ai_token_type=\"output\",route=\"default/r\"} 20.0",
            "llmgateway_team_tokens_total{model=\"gpt\",team=\"search\",token_type=\"input\"} 10.0",
            "llmgateway_team_tokens_total{model=\"gpt\",team=\"search\","
                + "token_type=\"output_reasoning\"} 5.0",
            "llmgateway_cost_usd_total{backend=\"only\",gen_ai_operation_name=\"chat\","
                + "gen_ai_provider_name=\"openai\",gen_ai_request_model=\"gpt\","
                + "route=\"default/r\"} 0.0125",
            "llmgateway_team_cost_usd_total{model=\"gpt\",team=\"search\"} 0.0125");
  }

  @Test
  void requests_in_flight_are_those_that_began_and_did_not_end() throws IOException {
    metrics.requestStarted();
    metrics.requestStarted();
    metrics.requestEnded(Requests.ok("gpt"));

    assertThat(scrape()).contains("llmgateway_requests_in_flight 1.0\n");
  }

  @Test
  void names_that_callers_make_up_under_a_pattern_share_its_series() throws IOException {
    for (int i = 0; i < 100; i++) {
      end(Requests.ok("claude-" + i));
    }

    assertThat(scrape())
        .contains("model=\"claude-*\"")
        .doesNotContain("claude-1")
        .containsPattern("llmgateway_requests_total\\{[^}]*model=\"claude-\\*\"[^}]*} 100\\.0");
  }

  @Test
  void a_refused_caller_adds_no_value_of_its_own() throws IOException {
    end(Requests.refused("invalid_api_key"));

    assertThat(scrape())
        .contains(
            "llmgateway_requests_total{backend=\"\",error_type=\"invalid_api_key\",model=\"\","
                + "operation=\"chat\",provider=\"\",route=\"\",status=\"401\"} 1.0")
        .doesNotContain("team=");
  }

  @Test
  void beyond_the_cap_series_are_counted_together_as_other() throws IOException {
    int models = RequestMetrics.MAX_SERIES + 50;
    snapshot =
        Requests.snapshot(IntStream.range(0, models).mapToObj(i -> "m" + i).toArray(String[]::new));
    for (int i = 0; i < models; i++) {
      end(Requests.ok("m" + i));
    }

    String scraped = scrape();
    assertThat(scraped.lines().filter(l -> l.startsWith("llmgateway_requests_total{")))
        .hasSize(RequestMetrics.MAX_SERIES + 1);
    assertThat(scraped)
        .containsPattern(
            "llmgateway_requests_total\\{backend=\"other\"[^}]*model=\"other\"[^}]*} 50\\.0");
    assertThat(scraped.lines().filter(l -> l.startsWith("llmgateway_team_requests_total{")))
        .hasSize(TeamMetrics.MAX_SERIES + 1);
  }

  @Test
  void the_series_of_a_removed_model_vanish_after_a_while() throws IOException {
    end(Requests.ok("gpt"));
    end(Requests.ok("claude-1"));
    snapshot = Requests.snapshot("claude-*");

    metrics.sweep(NOW);
    metrics.sweep(NOW.plus(BoundedSeries.LINGER).minusMillis(1));
    assertThat(scrape()).contains("\"gpt\"");

    metrics.sweep(NOW.plus(BoundedSeries.LINGER));
    assertThat(scrape()).doesNotContain("\"gpt\"").contains("\"claude-*\"");
  }

  @Test
  void a_model_that_comes_back_keeps_its_series() throws IOException {
    end(Requests.ok("gpt"));
    snapshot = Requests.snapshot("claude-*");
    metrics.sweep(NOW);
    snapshot = Requests.snapshot("gpt");
    metrics.sweep(NOW.plus(BoundedSeries.LINGER));
    snapshot = Requests.snapshot("claude-*");
    metrics.sweep(NOW.plus(BoundedSeries.LINGER).plusSeconds(1));

    assertThat(scrape()).contains("\"gpt\"");
  }

  @Test
  void a_request_that_outlived_its_model_is_counted_as_other() throws IOException {
    snapshot = Requests.snapshot("claude-*");

    end(Requests.ok("gone"));

    assertThat(scrape()).doesNotContain("gone").contains("model=\"other\"");
  }

  private void end(RequestRecord request) {
    metrics.requestStarted();
    metrics.requestEnded(request);
  }

  private String scrape() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, registry.scrape());
    return out.toString(StandardCharsets.UTF_8);
  }
}
