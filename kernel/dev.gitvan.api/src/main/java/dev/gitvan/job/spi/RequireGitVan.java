package dev.gitvan.job.spi;

import static java.lang.annotation.ElementType.ANNOTATION_TYPE;
import static java.lang.annotation.ElementType.PACKAGE;
import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;

/** Makes a bundle require GitVan's kernel. The annotations for contributors carry it. */
@Retention(RetentionPolicy.CLASS)
@Target({TYPE, PACKAGE, ANNOTATION_TYPE})
@Requirement(namespace = RequireGitVan.NAMESPACE, name = RequireGitVan.NAME, version = "1.0.0")
public @interface RequireGitVan {
  /** Namespace of the capability that the kernel bundle provides. */
  String NAMESPACE = "osgi.implementation";

  /** Name of that capability. */
  String NAME = "gitvan.kernel";
}
