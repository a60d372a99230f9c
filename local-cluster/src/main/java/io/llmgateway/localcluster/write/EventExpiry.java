package io.llmgateway.localcluster.write;

import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.BuiltinKinds;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes Events after an hour, as a real server's --event-ttl. */
final class EventExpiry {
  private static final Logger LOG = LoggerFactory.getLogger(EventExpiry.class);
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final ObjectStore store;
  private final ResourceCatalog catalog;
  private final Deletion deletion;
  private final Clock clock;

  EventExpiry(ObjectStore store, ResourceCatalog catalog, Deletion deletion, Clock clock) {
    this.store = store;
    this.catalog = catalog;
    this.deletion = deletion;
    this.clock = clock;
  }

  void expire() {
    var type = catalog.require("v1", BuiltinKinds.EVENTS);
    var oldest = clock.instant().minus(LIFETIME);
    for (var event : store.list(BuiltinKinds.EVENTS, "").objects()) {
      var seen =
          event
              .path("lastTimestamp")
              .asText(event.path("metadata").path("creationTimestamp").asText());
      if (isBefore(seen, oldest)) {
        try {
          deletion.delete(type, ObjectKey.of(type.bucket(), event), Deletion.Options.BACKGROUND);
        } catch (ApiError e) {
          LOG.debug("an event is gone already: {}", e.getMessage());
        }
      }
    }
  }

  private static boolean isBefore(String time, Instant limit) {
    try {
      return Instant.parse(time).isBefore(limit);
    } catch (DateTimeException e) {
      return false;
    }
  }
}
