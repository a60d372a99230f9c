/**
 * A fixed upstream and three ways to load a server: as fast as it goes ({@link ClosedLoop}), at a
 * fixed rate ({@link OpenLoop}) and with many streams ({@link StreamLoad}). Plain HTTP/1.1 on
 * loopback, cheap enough to leave the cores to what is measured.
 */
package io.llmgateway.benchmarks.load;
