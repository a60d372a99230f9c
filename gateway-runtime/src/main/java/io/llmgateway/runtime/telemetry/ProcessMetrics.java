package io.llmgateway.runtime.telemetry;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The process, the JVM and the network buffers. All are read when scraped, so that a start is not
 * slowed by loading the JVM's management classes.
 */
public final class ProcessMetrics {
  private ProcessMetrics() {}

  /**
   * @param version of this program
   */
  public static void register(PrometheusRegistry registry, String version) {
    Info.builder()
        .name(MetricName.BUILD_INFO.text())
        .help(MetricName.BUILD_INFO.help())
        .labelNames(MetricName.BUILD_INFO.labels().toArray(String[]::new))
        .register(registry)
        .addLabelValues(version, Runtime.version().toString());
    MetricName.PROCESS_CPU.counter(
        registry,
        c -> ProcessHandle.current().info().totalCpuDuration().ifPresent(t -> c.call(seconds(t))));
    MetricName.PROCESS_START.gauge(
        registry,
        c ->
            ProcessHandle.current()
                .info()
                .startInstant()
                .ifPresent(t -> c.call(t.toEpochMilli() / 1000.0)));
    MetricName.PROCESS_MEMORY.gauge(registry, c -> residentBytes(c::call));
    MetricName.PROCESS_FDS.gauge(registry, c -> openFiles(c::call));
    MetricName.JVM_MEMORY_USED.gauge(
        registry,
        c -> {
          c.call(heap().getUsed(), "heap");
          c.call(nonHeap().getUsed(), "nonheap");
        });
    MetricName.JVM_MEMORY_MAX.gauge(
        registry,
        c -> {
          c.call(heap().getMax(), "heap");
          c.call(nonHeap().getMax(), "nonheap");
        });
    MetricName.JVM_GC.counter(
        registry,
        c -> {
          for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            c.call(Math.max(0, gc.getCollectionTime()) / 1000.0, gc.getName());
          }
        });
    MetricName.NETTY_MEMORY.gauge(
        registry,
        c -> {
          if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider) {
            ByteBufAllocatorMetric metric = provider.metric();
            c.call(metric.usedHeapMemory(), "heap");
            c.call(metric.usedDirectMemory(), "direct");
          }
        });
  }

  private static MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }

  private static MemoryUsage nonHeap() {
    return ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Says nothing where the system has no /proc. */
  private static void residentBytes(Consumer<Double> value) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      lines
          .filter(l -> l.startsWith("VmRSS:"))
          .findFirst()
          .ifPresent(l -> value.accept(1024 * Double.parseDouble(l.replaceAll("[^0-9]", ""))));
    } catch (IOException e) {
      // not Linux
    }
  }

  private static void openFiles(Consumer<Double> value) {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      value.accept((double) files.count());
    } catch (IOException e) {
      // not Linux
    }
  }
}
