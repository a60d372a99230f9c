package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.load.Call;
import io.llmgateway.benchmarks.subject.ProcessUsage;
import io.llmgateway.benchmarks.subject.RunningProxy;
import org.jspecify.annotations.Nullable;

/**
 * What the load is sent to.
 *
 * @param usage null for the upstream itself, which shares a process with the load
 */
record Subject(String name, Call plain, Call streamed, @Nullable ProcessUsage usage) {
  static Subject of(RunningProxy proxy) {
    return new Subject(proxy.name(), proxy.plain(), proxy.streamed(), proxy.usage());
  }
}
