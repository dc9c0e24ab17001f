package dev.gitvan.template.internal;

/**
 * Names what one engine made of one source.
 *
 * @param engine the engine's service id: another build of it may have the same identity
 * @param identity of the source, see {@link Identities}
 * @param type of what was made of it
 */
record CompiledKey(long engine, String identity, Class<?> type) {}
