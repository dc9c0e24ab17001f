/** What a repository's history means: releases, and commits by their messages. */
package dev.gitvan.template.internal.history;
