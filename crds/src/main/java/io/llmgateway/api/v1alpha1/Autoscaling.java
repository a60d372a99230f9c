package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * As many proxy pods as the load needs, by a HorizontalPodAutoscaler. Exactly one of {@code
 * targetCpuPercent} and {@code targetInFlight}.
 *
 * @param minReplicas the fewest proxy pods
 * @param maxReplicas the most proxy pods
 * @param targetCpuPercent used CPU that a pod has on average, in percent of what it requests; needs
 *     the metrics server
 * @param targetInFlight requests at once that a pod has on average; needs an adapter that serves
 *     the gateway's metrics as custom metrics
 */
@ApiRecord
@ValidationRule(
    value = "has(self.targetCpuPercent) != has(self.targetInFlight)",
    message = "autoscaling must have exactly one of targetCpuPercent and targetInFlight")
@ValidationRule(
    value = "self.minReplicas <= self.maxReplicas",
    message = "autoscaling.minReplicas must not be greater than autoscaling.maxReplicas")
public record Autoscaling(
    @Default("2") @Min(1) @Max(1000) @Nullable Integer minReplicas,
    @Min(1) @Max(1000) Integer maxReplicas,
    @Min(1) @Max(1000) @Nullable Integer targetCpuPercent,
    @Min(1) @Max(1_000_000) @Nullable Integer targetInFlight) {}
