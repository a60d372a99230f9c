package io.llmgateway.systemtests.matrix;

import java.util.List;

/**
 * A request as a provider understood it.
 *
 * @param signatures that of its own thoughts came back, word for word
 */
record Heard(boolean streamed, boolean thinks, int signatures, List<String> lines) {}
