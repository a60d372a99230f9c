/** The APIs for conversations that clients may speak; each is a package of its own. */
package io.llmgateway.runtime.face;
