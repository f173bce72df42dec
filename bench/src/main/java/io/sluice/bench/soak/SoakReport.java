package io.sluice.bench.soak;

import java.util.List;

/**
 * What a soak gives: the figures, and the samples to look at.
 *
 * @param histogram of the rows' age when they could be queried, for people
 */
record SoakReport(SoakResult result, List<Sample> samples, String histogram) {}
