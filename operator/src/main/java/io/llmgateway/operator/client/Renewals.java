package io.llmgateway.operator.client;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** When the operator last wrote a Lease with success: what its leadership rests on. */
public final class Renewals implements Interceptor {
  private final Clock clock;
  private volatile Instant last = Instant.MIN;

  public Renewals(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    if (response.isSuccessful()
        && !"GET".equals(request.method())
        && request.uri().getPath().contains("/leases")) {
      last = clock.instant();
    }
  }

  /** Long ago when it never did. */
  public Instant last() {
    return last;
  }
}
