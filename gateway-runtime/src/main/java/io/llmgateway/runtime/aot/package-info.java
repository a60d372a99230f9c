/**
 * Trains the JVM's ahead-of-time cache (JEP 483, 514 and 515), which halves the time to the first
 * answer. A step of the build; the running gateway uses nothing of it.
 */
package io.llmgateway.runtime.aot;
