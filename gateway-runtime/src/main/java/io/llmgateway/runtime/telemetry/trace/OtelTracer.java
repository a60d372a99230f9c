package io.llmgateway.runtime.telemetry.trace;

import io.llmgateway.runtime.table.Tracing;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes spans with OpenTelemetry's SDK, and has them sent by threads of its own. */
final class OtelTracer implements Traces.Tracer {
  private static final String SCOPE = "io.llmgateway.runtime";
  private static final Duration BATCH_DELAY = Duration.ofSeconds(1);
  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(10);
  private static final long CLOSE_SECONDS = 5;

  /**
   * Says each failure at length; {@link WatchedExporter} says it once. Held, or it is forgotten.
   */
  private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");

  /**
   * @param gateway as {@code namespace/name}
   * @param scheme by which clients call
   */
  record Service(String gateway, String version, String scheme) {
    Resource resource() {
      int slash = gateway.indexOf('/');
      AttributesBuilder attributes =
          Attributes.builder()
              .put(TraceAttributes.SERVICE_NAME, gateway.substring(slash + 1))
              .put(TraceAttributes.SERVICE_VERSION, version);
      if (slash > 0) {
        attributes.put(TraceAttributes.SERVICE_NAMESPACE, gateway.substring(0, slash));
      }
      return Resource.getDefault().merge(Resource.create(attributes.build()));
    }
  }

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final String scheme;
  private final Clock clock;

  private OtelTracer(SdkTracerProvider provider, Service service, Clock clock) {
    this.provider = provider;
    this.tracer = provider.get(SCOPE, service.version());
    this.scheme = service.scheme();
    this.clock = clock;
  }

  static OtelTracer start(Tracing tracing, Service service, Clock clock, SpanCounts counts) {
    SDK_LOG.setLevel(Level.OFF);
    SdkTracerProviderBuilder provider =
        SdkTracerProvider.builder()
            .setResource(service.resource())
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(tracing.samplingRatio())));
    for (Tracing.Exporter exporter : tracing.exporters()) {
      provider.addSpanProcessor(processor(exporter, counts));
    }
    return new OtelTracer(provider.build(), service, clock);
  }

  private static BoundedSpans processor(Tracing.Exporter to, SpanCounts counts) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(to.endpoint().toString())
            .setTimeout(EXPORT_TIMEOUT)
            .setConnectTimeout(EXPORT_TIMEOUT)
            .setCompression("gzip")
            .setRetryPolicy(RetryPolicy.getDefault())
            .setMeterProvider(MeterProvider.noop());
    to.headers().forEach(exporter::addHeader);
    WaitingSpans waiting = new WaitingSpans(counts);
    BatchSpanProcessor batches =
        BatchSpanProcessor.builder(
                new WatchedExporter(exporter.build(), to.endpoint().getHost(), waiting))
            .setMaxQueueSize(WaitingSpans.MAX)
            .setScheduleDelay(BATCH_DELAY)
            .setExporterTimeout(EXPORT_TIMEOUT)
            .setMeterProvider(MeterProvider.noop())
            .build();
    return new BoundedSpans(batches, waiting);
  }

  @Override
  public RequestTrace begin(HttpHeaders client) {
    return OtelRequestTrace.begin(tracer, scheme, clock.instant(), client);
  }

  @Override
  public void close() {
    provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
