/** What calls cost, from the tokens that upstreams counted and the prices in the configuration. */
package io.llmgateway.runtime.cost;
