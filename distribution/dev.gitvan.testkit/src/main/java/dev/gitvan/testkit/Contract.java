package dev.gitvan.testkit;

import org.junit.jupiter.api.extension.ExtendWith;

/** A contract test: each of its methods fails when the tested code does not return. */
@ExtendWith(PreemptiveLimit.class)
abstract class Contract {}
