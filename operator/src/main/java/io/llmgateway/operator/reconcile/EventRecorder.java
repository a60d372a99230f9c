package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.status.Transition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events, for {@code kubectl describe}. One that cannot be written is only logged. */
final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  /** The most that the API server admits, in bytes; a character has three at most. */
  private static final int MAX_MESSAGE = 1024 / 3;

  private final KubernetesClient client;
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  void record(HasMetadata about, Transition transition) {
    LOG.atInfo()
        .addKeyValue("kind", about.getKind())
        .addKeyValue("resource", GatewayNames.qualified(about))
        .addKeyValue("reason", transition.reason())
        .log(transition.message());
    Event event = event(about, transition);
    try {
      client.v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.warn(
          "cannot write an Event of {} {}: status {}",
          about.getKind(),
          GatewayNames.qualified(about),
          e.getCode());
    }
  }

  private Event event(HasMetadata about, Transition transition) {
    Instant now = clock.instant();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName() + "." + suffix(now))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .withResourceVersion(about.getMetadata().getResourceVersion())
        .endInvolvedObject()
        .withType(transition.warning() ? "Warning" : "Normal")
        .withReason(transition.reason())
        .withMessage(shortened(transition.message()))
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .withNewSource()
        .withComponent(GatewayNames.MANAGED_BY)
        .endSource()
        .withReportingComponent(GatewayNames.MANAGED_BY)
        .build();
  }

  /** Never the same twice in this process, and hardly ever in two. */
  private String suffix(Instant now) {
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return String.format(
        Locale.ROOT, "%016x", last.updateAndGet(before -> Math.max(before + 1, nanos)));
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE - 1) + "\u2026";
  }
}
