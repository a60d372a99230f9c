package io.llmgateway.runtime.config;

import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where requests are traced to. None of it holds what clients or models say.
 *
 * @param samplingRatio of the requests that no caller decided about, as a decimal from 0 to 1
 * @param exporters each gets every sampled span
 */
public record TracingConfig(String samplingRatio, List<Exporter> exporters) {

  /**
   * A receiver of OTLP over HTTP.
   *
   * @param endpoint with its path, such as {@code http://collector:4318/v1/traces}
   * @param headers name to value; absent: none
   * @param secretHeaders name to the value's name in {@code credentials.json}; absent: none
   */
  public record Exporter(
      URI endpoint,
      @Nullable SortedMap<String, String> headers,
      @Nullable SortedMap<String, String> secretHeaders) {}
}
