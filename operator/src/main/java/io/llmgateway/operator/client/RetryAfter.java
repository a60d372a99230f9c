package io.llmgateway.operator.client;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a busy API server the time that it asks for. fabric8 7.8 reads the header, and then tries
 * again after its own pause all the same.
 */
final class RetryAfter implements Interceptor {
  /** Less than the time-out of a request, which goes on meanwhile. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder request, HttpResponse<?> response, RequestTags tags) {
    Duration pause = pause(response.code(), response.header("Retry-After"));
    return pause.isZero()
        ? CompletableFuture.completedFuture(false)
        : CompletableFuture.supplyAsync(
            () -> false,
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  static Duration pause(int status, @Nullable String seconds) {
    if ((status != 429 && status < 500) || seconds == null || !seconds.matches("[0-9]{1,6}")) {
      return Duration.ZERO;
    }
    Duration asked = Duration.ofSeconds(Integer.parseInt(seconds));
    return asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
  }
}
