/** What is measured: proxies as processes of their own, on cores of their own. */
package io.llmgateway.benchmarks.subject;
