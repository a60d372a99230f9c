/** The program: its flags, its start, its end. */
package io.llmgateway.runtime;
