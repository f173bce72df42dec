/** Figures for people: tables and quantiles. */
package io.sluice.ops.report;
