/**
 * What the totals bring and cost: queries by every combination of dimensions, inserts, disk.
 *
 * <p>{@code QueriesBench} is the whole of it; {@code DataSet} describes the rows, {@code Question}
 * what is asked, {@code QuestionSql} how.
 */
package io.sluice.bench.queries;
