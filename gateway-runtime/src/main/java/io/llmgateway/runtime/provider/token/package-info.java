/** Tokens and credentials that an upstream wants and that somebody else gives out, for a while. */
package io.llmgateway.runtime.provider.token;
