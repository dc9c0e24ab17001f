package dev.gitvan.itests;

import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/**
 * Each bundle's new version is started next to the old one, which goes when its runs have ended.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class SwapMatrixReplaceIT extends SwapMatrix {
  @Test
  public void losesNoRun() throws Exception {
    swapAll(bundle -> List.of("bundle", "replace", bundle, root("newer", bundle + ".jar")));
  }
}
