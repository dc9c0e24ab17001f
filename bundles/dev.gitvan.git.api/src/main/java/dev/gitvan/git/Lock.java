package dev.gitvan.git;

/** placeholder */
public interface Lock {
  Fence fence();
}
