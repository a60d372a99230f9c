package io.llmgateway.runtime.table;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where requests are traced to.
 *
 * @param samplingRatio from 0 to 1, of the requests that no caller decided about
 */
public record Tracing(double samplingRatio, List<Exporter> exporters) {

  /**
   * @param endpoint takes OTLP over HTTP
   * @param headers with the secret values themselves
   */
  public record Exporter(URI endpoint, Map<String, String> headers) {
    /** Without the headers: their values must reach no log. */
    @Override
    public String toString() {
      return "Exporter[" + endpoint + "]";
    }
  }
}
