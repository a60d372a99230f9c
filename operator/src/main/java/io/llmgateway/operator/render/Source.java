package io.llmgateway.operator.render;

/**
 * YAML to render.
 *
 * @param name of the file, for messages
 * @param yaml any number of documents
 */
public record Source(String name, String yaml) {}
