package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.eventually;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** However watches end: they begin again, and what happened meanwhile is not missed. */
@DisabledIfSystemProperty(
    named = TestCluster.GIVEN,
    matches = ".+",
    disabledReason = "needs the local cluster")
class WatchFaultLoopTest {
  private static final Fault EXPIRED =
      Fault.refusal(410, "Expired", "too old resource version: 1 (2)");
  private static final int EACH_WATCH_SOME_TIMES = 60;

  private FaultyStage faulty;

  @BeforeEach
  void start() throws IOException {
    faulty = FaultyStage.start();
  }

  @AfterEach
  void stop() {
    faulty.close();
  }

  private void watchesMeet(Fault fault) throws InterruptedException {
    faulty.api.fault(call -> call.isWatch() ? fault : Fault.NONE);
    faulty.api.endWatches();
    faulty.awaitFaults(EACH_WATCH_SOME_TIMES);
    faulty.key("unseen");

    faulty.recovers("unseen");
  }

  @Test
  void expiredByStatus() throws Exception {
    watchesMeet(EXPIRED);
  }

  @Test
  void expiredByAnEvent() throws Exception {
    watchesMeet(Fault.watchError(410, "Expired", "too old resource version: 1 (2)"));
  }

  @Test
  void endedByAnotherError() throws Exception {
    watchesMeet(Fault.watchError(500, "InternalError", "etcdserver: request timed out"));
  }

  @Test
  void refused() throws Exception {
    watchesMeet(Fault.refusal(403, "Forbidden", "the webhook authorizer does not answer"));
  }

  /** But for our own kinds, of which the Java Operator SDK ends the process then. */
  @Test
  void garbled() throws Exception {
    Fault garbled = new Fault.WatchLine("{\"type\":\"ADDED\",\"object\":{\"kind\":\"Sec\n");
    faulty.api.fault(
        call ->
            call.isWatch() && !call.path().startsWith("/apis/llmgateway.io/")
                ? garbled
                : Fault.NONE);
    faulty.api.endWatches();
    faulty.awaitFaults(EACH_WATCH_SOME_TIMES);
    faulty.key("unseen");

    faulty.recovers("unseen");
  }

  /** Of Secrets; for our own kinds see above. */
  @Test
  void garbledListsAfterAnExpiredWatch() throws Exception {
    AtomicInteger lists = new AtomicInteger();
    faulty.api.fault(
        call -> {
          if (call.isWatch()) {
            return EXPIRED;
          }
          if (call.path().startsWith("/apis/llmgateway.io/")
              || call.isWrite()
              || !call.query().contains("limit=")) {
            return Fault.NONE;
          }
          lists.incrementAndGet();
          return new Fault.HalfAnswer();
        });
    faulty.api.endWatches();
    faulty.awaitFaults(EACH_WATCH_SOME_TIMES);
    faulty.key("unseen");
    eventually().until(() -> lists.get() > 0);

    faulty.recovers("unseen");
  }
}
