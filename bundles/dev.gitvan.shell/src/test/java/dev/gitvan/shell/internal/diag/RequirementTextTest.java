package dev.gitvan.shell.internal.diag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          osgi.wiring.package | (osgi.wiring.package=org.example) | the package org.example
          osgi.wiring.package | (&(osgi.wiring.package=org.example)(version>=0.0.0)) | the package org.example
          osgi.wiring.package | (&(osgi.wiring.package=org.example)(version>=1.2.0)) | the package org.example, version 1.2.0 or newer
          osgi.wiring.package | (&(osgi.wiring.package=org.example)(version>=1.2.0)(!(version>=2.0.0))) | the package org.example, version [1.2.0,2.0.0)
          osgi.wiring.package | (&(osgi.wiring.package=org.example)(version>=1.2.0)(version<=1.2.0)) | the package org.example, version 1.2.0
          osgi.wiring.package | (&(osgi.wiring.package=org.example)(!(version<=1.2.0))(!(version>=2.0.0))) | the package org.example, version (1.2.0,2.0.0)
          osgi.wiring.bundle | (&(osgi.wiring.bundle=org.example)(bundle-version>=1.0.0)) | the bundle org.example, version 1.0.0 or newer
          osgi.wiring.host | (&(osgi.wiring.host=org.example)(bundle-version>=0.0.0)) | the bundle org.example
          osgi.service | (objectClass=org.example.Clock) | the service org.example.Clock
          osgi.ee | (&(osgi.ee=JavaSE)(version=21)) | Java 21
          osgi.ee | (&(osgi.ee=JavaSE)(version=1.8)) | Java 1.8
          osgi.implementation | (&(osgi.implementation=gitvan.kernel)(version>=1.0.0)(!(version>=2.0.0))) | the implementation gitvan.kernel, version [1.0.0,2.0.0)
          org.example.odd | (a=b) | org.example.odd (a=b)
          """)
  void readsAsANounPhrase(String namespace, String filter, String words) {
    assertThat(RequirementText.of(namespace, filter).words()).isEqualTo(words);
  }
}
