package io.llmgateway.localcluster.api;

/**
 * A column of {@code kubectl get}.
 *
 * @param path a JSONPath as in additionalPrinterColumns
 * @param priority above 0: only with {@code -o wide}
 */
public record PrinterColumn(
    String name, String type, String format, String description, int priority, String path) {}
