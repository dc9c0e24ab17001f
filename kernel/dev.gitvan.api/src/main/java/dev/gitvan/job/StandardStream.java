package dev.gitvan.job;

/** One of the streams that a program prints to. */
public enum StandardStream {
  OUT,
  ERR
}
