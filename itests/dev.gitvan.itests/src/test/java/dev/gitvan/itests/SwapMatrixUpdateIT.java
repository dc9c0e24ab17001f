package dev.gitvan.itests;

import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Each bundle is updated where it is. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapMatrixUpdateIT extends SwapMatrix {
  @Test
  public void losesNoRun() throws Exception {
    swapAll(bundle -> List.of("bundle", "update", bundle, root(bundle + ".jar")));
  }
}
