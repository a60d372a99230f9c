package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs, in USD per million tokens, as decimals in quotes.
 *
 * @param input tokens of the prompt that the provider had not cached; absent: 0
 * @param output tokens of the answer, reasoning included; absent: 0
 * @param cacheRead tokens of the prompt that came from the provider's cache; absent: as input
 * @param cacheWrite5m tokens that went into the provider's cache for five minutes; absent: as input
 * @param cacheWrite1h tokens that went into the provider's cache for an hour; absent: as
 *     cacheWrite5m
 */
@ApiRecord
public record Pricing(
    @Pattern(Pricing.PRICE) @Size(max = Pricing.LENGTH) @Nullable String input,
    @Pattern(Pricing.PRICE) @Size(max = Pricing.LENGTH) @Nullable String output,
    @Pattern(Pricing.PRICE) @Size(max = Pricing.LENGTH) @Nullable String cacheRead,
    @Pattern(Pricing.PRICE) @Size(max = Pricing.LENGTH) @Nullable String cacheWrite5m,
    @Pattern(Pricing.PRICE) @Size(max = Pricing.LENGTH) @Nullable String cacheWrite1h) {
  static final String PRICE = "^[0-9]{1,6}(\\.[0-9]{1,11})?$";
  static final int LENGTH = 18;
}
