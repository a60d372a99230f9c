package io.llmgateway.operator.compile;

/**
 * Something that a person must mend.
 *
 * @param reason in CamelCase, as conditions have it
 * @param message names the field, what is wrong with it and what would be right; no secret
 */
public record Problem(String reason, String message) {}
