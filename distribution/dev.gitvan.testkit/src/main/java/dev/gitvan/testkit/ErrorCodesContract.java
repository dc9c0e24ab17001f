package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.spi.ErrorCodes;
import org.junit.jupiter.api.Test;

/** What every contribution of error codes must do. Extend it and return the contribution. */
public abstract class ErrorCodesContract extends Contract {
  /** A new contribution, as its component would be. */
  protected abstract ErrorCodes contribution() throws Exception;

  /** The prefix in the annotation of the component. */
  protected abstract String prefix();

  @Test
  void returnsTheSameCodesAtEveryCall() throws Exception {
    var contribution = contribution();
    assertThat(contribution.codes()).isNotEmpty().isEqualTo(contribution.codes());
  }

  @Test
  void hasNamesOfItsOwn() throws Exception {
    assertThat(contribution().codes())
        .extracting(ErrorCode::name)
        .doesNotHaveDuplicates()
        .allSatisfy(
            name -> {
              assertThat(name).startsWith(prefix() + "_");
              assertThat(Codes.find(name)).as(name).isEmpty();
            });
  }

  @Test
  void describesEveryCodeInASentence() throws Exception {
    assertThat(contribution().codes())
        .allSatisfy(code -> assertThat(code.meaning()).as(code.name()).endsWith("."));
  }

  @Test
  void canBeCalledByManyThreads() throws Exception {
    var contribution = contribution();
    var codes = contribution.codes();
    assertThat(HostCalls.concurrently(contribution::codes))
        .allSatisfy(others -> assertThat(others).isEqualTo(codes));
  }
}
