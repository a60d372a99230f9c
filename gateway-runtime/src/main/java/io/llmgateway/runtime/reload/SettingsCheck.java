package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.GatewaySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings are all or nothing: there is no smaller part to leave out. */
final class SettingsCheck {
  private SettingsCheck() {}

  static void check(GatewaySettings settings) throws RefusedException {
    if (settings.gateway() == null || settings.gateway().isEmpty()) {
      throw wrong("gateway", "must be the gateway's namespace/name");
    }
    GatewaySettings.Limits limits = settings.limits();
    if (limits == null) {
      throw wrong("limits", "is missing");
    }
    if (limits.maxBodyBytes() <= 0) {
      throw wrong("limits.maxBodyBytes", "must be above 0");
    }
    if (limits.maxInFlight() <= 0) {
      throw wrong("limits.maxInFlight", "must be above 0");
    }
    positive("limits.requestTimeout", limits.requestTimeout());
    positive("limits.firstTokenTimeout", limits.firstTokenTimeout());
    positive("limits.streamIdleTimeout", limits.streamIdleTimeout());
    if (settings.drainTimeout() == null || settings.drainTimeout().isNegative()) {
      throw wrong("drainTimeout", "must be an ISO-8601 duration of 0 or more, such as PT30S");
    }
  }

  private static void positive(String field, @Nullable Duration duration) throws RefusedException {
    if (duration == null || !duration.isPositive()) {
      throw wrong(field, "must be an ISO-8601 duration above 0, such as PT10M");
    }
  }

  private static RefusedException wrong(String field, String message) {
    return RefusedException.wrong(GatewaySettings.FILE, field, message);
  }
}
