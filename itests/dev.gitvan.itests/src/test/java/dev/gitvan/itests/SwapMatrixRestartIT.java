package dev.gitvan.itests;

import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Each bundle is stopped and started. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapMatrixRestartIT extends SwapMatrix {
  @Test
  public void losesNoRun() throws Exception {
    swapAll(bundle -> List.of("bundle", "restart", bundle));
  }
}
