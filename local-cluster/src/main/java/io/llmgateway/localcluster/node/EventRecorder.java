package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code kubectl describe} shows; the same message again only counts. */
final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String SOURCE = "local-node";

  private final NodeApi api;
  private final Clock clock;

  EventRecorder(NodeApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  void normal(ObjectNode about, String reason, String message) {
    record(about, "Normal", reason, message);
  }

  void warning(ObjectNode about, String reason, String message) {
    record(about, "Warning", reason, message);
  }

  private void record(ObjectNode about, String type, String reason, String message) {
    var now = Json.time(clock.instant());
    var name =
        Json.name(about)
            + "."
            + Integer.toHexString((Json.uid(about) + reason + message).hashCode());
    try {
      var before = api.find(NodeApi.EVENTS, Json.namespace(about), name);
      if (before != null) {
        api.change(
            NodeApi.EVENTS,
            before,
            "",
            e -> e.put("count", e.path("count").asInt(1) + 1).put("lastTimestamp", now));
        return;
      }
      var event = Json.object().put("apiVersion", "v1").put("kind", "Event");
      event.putObject("metadata").put("name", name).put("namespace", Json.namespace(about));
      event
          .putObject("involvedObject")
          .put("apiVersion", about.path("apiVersion").asText())
          .put("kind", about.path("kind").asText())
          .put("namespace", Json.namespace(about))
          .put("name", Json.name(about))
          .put("uid", Json.uid(about));
      event.put("type", type).put("reason", reason).put("message", message);
      event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
      event.putObject("source").put("component", SOURCE);
      event.put("reportingComponent", SOURCE).put("reportingInstance", "");
      api.create(NodeApi.EVENTS, event);
    } catch (ApiError e) {
      // Such as in a namespace that is being deleted.
      LOG.debug("event {} of {} not written: {}", reason, Json.name(about), e.getMessage());
    }
  }
}
