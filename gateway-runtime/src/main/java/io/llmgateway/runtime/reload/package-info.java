/**
 * From the config directory to the tables: only a directory that matches its manifest entirely is
 * taken, and the last good one stays in force otherwise.
 */
package io.llmgateway.runtime.reload;
