/** The configuration as requests use it: immutable, looked up without locks, swapped whole. */
package io.llmgateway.runtime.table;
