package dev.gitvan.bench.internal;

import java.util.List;

/** Workloads that differ in a figure only. */
interface WorkloadSet {
  List<Workload> workloads();
}
