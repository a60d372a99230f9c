/** TLS towards the clients: the certificate in force and its renewal. */
package io.llmgateway.runtime.tls;
