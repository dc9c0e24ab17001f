package dev.gitvan.metrics.internal;

import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.Operation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.HdrHistogram.Histogram;

/**
 * The content of one file of metrics. Immutable.
 *
 * <p>The file has a magic number, the names of the files that were merged into it, for each
 * operation the durations that occurred with their counts, the counters, and a CRC-32 of all that.
 * It is read into pairs of numbers instead of histograms: the metrics of a hundred processes are
 * then merged without a hundred times the arrays of a histogram.
 *
 * @param absorbed names of the files whose metrics are in this one
 */
record MetricsFile(
    Set<String> absorbed, Map<Operation, Counts> operations, Map<CounterId, Long> counters) {
  private static final int MAGIC = 0x47564D32; // GVM2
  private static final int CHECKSUM_BYTES = 4;

  /** Durations in nanoseconds, ascending, and how often each occurred. */
  record Counts(long[] nanos, long[] counts) {
    static Counts of(Histogram histogram) {
      var nanos = new ArrayList<Long>();
      var counts = new ArrayList<Long>();
      for (var value : histogram.recordedValues()) {
        nanos.add(value.getValueIteratedTo());
        counts.add(value.getCountAddedInThisIterationStep());
      }
      return new Counts(array(nanos), array(counts));
    }

    void addTo(Histogram histogram) {
      for (int i = 0; i < nanos.length; i++) {
        histogram.recordValueWithCount(Durations.clamp(nanos[i]), counts[i]);
      }
    }

    private static long[] array(List<Long> list) {
      return list.stream().mapToLong(Long::longValue).toArray();
    }
  }

  static MetricsFile of(Set<String> absorbed, Totals totals) {
    var operations = new LinkedHashMap<Operation, Counts>();
    totals
        .histograms()
        .forEach((operation, histogram) -> operations.put(operation, Counts.of(histogram)));
    return new MetricsFile(absorbed, operations, totals.counters());
  }

  void addTo(Totals totals) {
    operations.forEach((operation, counts) -> counts.addTo(totals.histogram(operation)));
    counters.forEach(totals::add);
  }

  byte[] toBytes() throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(absorbed.size());
    for (var name : absorbed) {
      out.writeUTF(name);
    }
    out.writeInt(operations.size());
    for (var entry : operations.entrySet()) {
      write(out, entry.getKey().name(), entry.getKey().labels());
      write(out, entry.getValue());
    }
    out.writeInt(counters.size());
    for (var entry : counters.entrySet()) {
      write(out, entry.getKey().name(), entry.getKey().labels());
      out.writeLong(entry.getValue());
    }
    out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  /**
   * Reads a file's content.
   *
   * @throws IOException when it is not, or no longer, what {@link #toBytes} made
   */
  static MetricsFile parse(byte[] bytes) throws IOException {
    int length = bytes.length - CHECKSUM_BYTES;
    if (length < 0 || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
      throw new IOException("wrong checksum");
    }
    var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
    if (in.readInt() != MAGIC) {
      throw new IOException("not a file of metrics");
    }
    var absorbed = new TreeSet<String>();
    for (int n = in.readInt(); n > 0; n--) {
      absorbed.add(in.readUTF());
    }
    var operations = new LinkedHashMap<Operation, Counts>();
    for (int n = in.readInt(); n > 0; n--) {
      operations.put(new Operation(in.readUTF(), readLabels(in)), readCounts(in));
    }
    var counters = new LinkedHashMap<CounterId, Long>();
    for (int n = in.readInt(); n > 0; n--) {
      counters.put(new CounterId(in.readUTF(), readLabels(in)), in.readLong());
    }
    return new MetricsFile(absorbed, operations, counters);
  }

  private static void write(DataOutputStream out, String name, Map<String, String> labels)
      throws IOException {
    out.writeUTF(name);
    out.writeInt(labels.size());
    for (var label : labels.entrySet()) {
      out.writeUTF(label.getKey());
      out.writeUTF(label.getValue());
    }
  }

  private static Map<String, String> readLabels(DataInputStream in) throws IOException {
    var labels = new LinkedHashMap<String, String>();
    for (int n = in.readInt(); n > 0; n--) {
      labels.put(in.readUTF(), in.readUTF());
    }
    return labels;
  }

  private static void write(DataOutputStream out, Counts counts) throws IOException {
    out.writeInt(counts.nanos().length);
    for (int i = 0; i < counts.nanos().length; i++) {
      out.writeLong(counts.nanos()[i]);
      out.writeLong(counts.counts()[i]);
    }
  }

  private static Counts readCounts(DataInputStream in) throws IOException {
    int size = in.readInt();
    var counts = new Counts(new long[size], new long[size]);
    for (int i = 0; i < size; i++) {
      counts.nanos()[i] = in.readLong();
      counts.counts()[i] = in.readLong();
    }
    return counts;
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
