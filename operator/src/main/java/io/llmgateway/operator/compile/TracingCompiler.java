package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.Observability;
import io.llmgateway.api.v1alpha1.Observability.Header;
import io.llmgateway.api.v1alpha1.Observability.Keys;
import io.llmgateway.api.v1alpha1.Observability.Langfuse;
import io.llmgateway.api.v1alpha1.Observability.Otel;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import io.llmgateway.runtime.config.TracingConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a gateway's traces go. What is wrong with one receiver leaves it out, and no other. */
final class TracingCompiler {
  private static final String FIELD = "spec.observability";

  /** Slashes keep these apart from the gateway's names, and the rest from routes' namespaces. */
  private static final String CREDENTIALS = "/observability/";

  private static final String ALL = "1";
  private static final Pattern RATIO = Pattern.compile("0([.][0-9]{1,6})?|1([.]0{1,6})?");

  /** Paths of OTLP over HTTP, and of Langfuse's endpoint for it. */
  private static final String TRACES = "/v1/traces";

  private static final String LANGFUSE_OTEL = "/api/public/otel";
  private static final String LANGFUSE_CLOUD = "https://cloud.langfuse.com";

  /** Without it, Langfuse shows what came by OTLP minutes later. */
  private static final String INGESTION_HEADER = "x-langfuse-ingestion-version";

  private static final String INGESTION_VERSION = "4";
  private static final String PUBLIC_KEY = "public-key";
  private static final String SECRET_KEY = "secret-key";

  private final String namespace;
  private final SecretValues secrets;
  private final SortedMap<String, String> credentials;
  private final List<Problem> problems;

  /**
   * @param credentials gets what is secret in headers
   */
  TracingCompiler(
      String namespace,
      SecretValues secrets,
      SortedMap<String, String> credentials,
      List<Problem> problems) {
    this.namespace = namespace;
    this.secrets = secrets;
    this.credentials = credentials;
    this.problems = problems;
  }

  /** Null when nothing is to be traced. */
  @Nullable TracingConfig compile(LlmGatewaySpec spec) {
    Observability wanted = spec.observability();
    if (wanted == null) {
      return null;
    }
    List<TracingConfig.Exporter> exporters = new ArrayList<>();
    try {
      if (wanted.otel() != null) {
        exporters.add(otel(wanted.otel()));
      }
    } catch (Refusal e) {
      problems.add(e.problem());
    }
    try {
      if (wanted.langfuse() != null) {
        exporters.add(langfuse(wanted.langfuse()));
      }
    } catch (Refusal e) {
      problems.add(e.problem());
    }
    return exporters.isEmpty() ? null : new TracingConfig(ratio(wanted), exporters);
  }

  private String ratio(Observability wanted) {
    String ratio = Objects.requireNonNullElse(wanted.samplingRatio(), ALL);
    if (RATIO.matcher(ratio).matches()) {
      return ratio;
    }
    problems.add(
        new Problem(
            Reasons.INVALID_LIMIT,
            FIELD
                + ".samplingRatio must be a decimal such as \"0.1\" from 0 to 1; the default, "
                + ALL
                + ", is in force"));
    return ALL;
  }

  private TracingConfig.Exporter otel(Otel otel) throws Refusal {
    String field = FIELD + ".otel";
    URI base = BaseUrls.parse(field + ".endpoint", otel.endpoint());
    SortedMap<String, String> plain = new TreeMap<>();
    SortedMap<String, String> secret = new TreeMap<>();
    SortedMap<String, String> values = new TreeMap<>();
    for (Header header : Present.in(otel.headers())) {
      String at = field + ".headers[" + header.name() + "]";
      SecretKeyRef ref = header.secretKeyRef();
      if ((header.value() == null) == (ref == null)) {
        throw new Refusal(
            Reasons.INVALID_HEADER, at + ": exactly one of value and secretKeyRef must be set");
      }
      if (ref == null) {
        plain.put(header.name(), header.value());
      } else {
        String credential = CREDENTIALS + "otel/" + header.name();
        values.put(credential, secrets.headerValue(at + ".secretKeyRef", namespace, ref));
        secret.put(header.name(), credential);
      }
    }
    credentials.putAll(values);
    return new TracingConfig.Exporter(
        URI.create(base + TRACES),
        plain.isEmpty() ? null : plain,
        secret.isEmpty() ? null : secret);
  }

  private TracingConfig.Exporter langfuse(Langfuse langfuse) throws Refusal {
    String field = FIELD + ".langfuse";
    String host = Objects.requireNonNullElse(langfuse.host(), LANGFUSE_CLOUD);
    URI base = BaseUrls.parse(field + ".host", host);
    Keys keys = langfuse.secretRef();
    String publicKey = key(field, keys, keys.publicKey(), PUBLIC_KEY);
    String secretKey = key(field, keys, keys.secretKey(), SECRET_KEY);
    byte[] pair = (publicKey + ":" + secretKey).getBytes(StandardCharsets.US_ASCII);
    String credential = CREDENTIALS + "langfuse";
    credentials.put(credential, "Basic " + Base64.getEncoder().encodeToString(pair));
    return new TracingConfig.Exporter(
        URI.create(base + LANGFUSE_OTEL + TRACES),
        new TreeMap<>(Map.of(INGESTION_HEADER, INGESTION_VERSION)),
        new TreeMap<>(Map.of("Authorization", credential)));
  }

  private String key(String field, Keys keys, @Nullable String entry, String byDefault)
      throws Refusal {
    SecretKeyRef ref = new SecretKeyRef(keys.name(), Objects.requireNonNullElse(entry, byDefault));
    return secrets.token(field + ".secretRef", namespace, ref);
  }
}
