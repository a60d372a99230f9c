package io.llmgateway.api.v1alpha1;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a text of the API stands for, for the schema; the CRD generator has no annotation for it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Format {
  Kind value();

  /** The formats that the API has. */
  enum Kind {
    /** RFC 3339; the API server checks it. */
    DATE_TIME,
    /** A Kubernetes quantity; in YAML it may be a number. */
    QUANTITY,
    /** A quantity of bytes, from 1Ki on. */
    BYTES
  }
}
