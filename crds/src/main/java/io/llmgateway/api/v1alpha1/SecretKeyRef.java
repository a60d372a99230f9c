package io.llmgateway.api.v1alpha1;

/**
 * One entry of a Secret.
 *
 * @param name of the Secret
 * @param key in its {@code data}
 */
public record SecretKeyRef(String name, String key) {}
