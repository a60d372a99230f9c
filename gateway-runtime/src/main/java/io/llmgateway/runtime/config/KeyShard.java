package io.llmgateway.runtime.config;

import java.util.List;

/** {@code keys-NN.json}: the keys whose {@code ApiKey}'s name hashes to this shard. */
public record KeyShard(List<KeyConfig> keys) {}
