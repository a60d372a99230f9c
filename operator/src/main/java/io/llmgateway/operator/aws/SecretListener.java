package io.llmgateway.operator.aws;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Instant;

/** Whoever counts how secrets are pulled; the names are those in {@code spec.secrets}. */
public interface SecretListener {
  void synced(ResourceID gateway, String name, Instant at);

  void failed(ResourceID gateway, String name);

  /** It is pulled no more. */
  void forgotten(ResourceID gateway, String name);
}
