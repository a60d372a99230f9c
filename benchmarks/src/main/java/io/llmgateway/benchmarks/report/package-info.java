/** From many rounds' samples to one table. */
package io.llmgateway.benchmarks.report;
