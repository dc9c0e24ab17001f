/** What stands between two lines {@code ---} at a template's beginning. */
package dev.gitvan.template.internal.frontmatter;
