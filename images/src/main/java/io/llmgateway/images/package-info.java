/**
 * The container images, from nothing: Debian's C library, a Java runtime of the modules that are
 * needed, the program and its AOT cache. No daemon, no registry.
 */
@org.jspecify.annotations.NullMarked
package io.llmgateway.images;
