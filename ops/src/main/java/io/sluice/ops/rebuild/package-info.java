/** Makes a table of totals anew from {@code http_log} while rows go on arriving. */
package io.sluice.ops.rebuild;
