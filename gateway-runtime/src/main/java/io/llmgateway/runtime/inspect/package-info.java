/** Looks at JSON and at streams of it without building trees or keeping bodies. */
package io.llmgateway.runtime.inspect;
