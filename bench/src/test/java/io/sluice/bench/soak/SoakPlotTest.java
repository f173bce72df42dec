package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.soak.SoakResult.Buffer;
import io.sluice.bench.soak.SoakResult.Heap;
import io.sluice.bench.soak.SoakResult.OutageSeconds;
import io.sluice.bench.soak.SoakResult.Signs;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SoakPlotTest {
  private static final long MIB = 1 << 20;
  private static final List<Sample> SAMPLES =
      Stream.of(0, 300, 600).map(second -> Samples.at(second, second * 100L)).toList();

  @Test
  void hasTitleUnitsLegendAndWhatHappened() throws Exception {
    assertThat(texts(new SoakPlot(result(8 * MIB, 7 * MIB), SAMPLES).svg()))
        .contains("1,000 records in 10 minutes: lost 0, duplicated 0")
        .contains("300 records/s, proxy 1r/m, Kafka keeps 60 s")
        .contains("Records, thousands", "Job's buffer, MiB", "minutes since the first record")
        .contains("rows in http_log", "limit", "of those, deleted")
        .contains("after a collection (slope -1.5% an hour)")
        .contains(" ClickHouse is away", " buffer at 70%", " source held")
        .doesNotContain(" Kafka deletes unread messages");
  }

  @Test
  void aLimitFarAwayIsNamedInsteadOfDrawn() throws Exception {
    assertThat(texts(new SoakPlot(result(200 * MIB, MIB), SAMPLES).svg()))
        .contains("open and frozen, compressed (limit 200 MiB, off the scale)")
        .doesNotContain("limit");
  }

  @Test
  void drawsEachSampleAndLeavesAGapWhereNothingIsKnown() {
    CombinedDomainXYPlot plot =
        (CombinedDomainXYPlot) new SoakPlot(result(8 * MIB, MIB), SAMPLES).chart().getPlot();
    XYPlot records = plot.getSubplots().get(0);
    XYPlot heap = plot.getSubplots().get(2);

    assertThat(records.getDataset().getXValue(1, 2)).isEqualTo(10);
    assertThat(records.getDataset().getYValue(1, 2)).isEqualTo(60);
    assertThat(heap.getDataset().getItemCount(1)).isEqualTo(3);
    assertThat(heap.getDataset().getYValue(1, 1)).isNaN();
  }

  private static SoakResult result(long limitBytes, long peakBytes) {
    return new SoakResult(
        600,
        300,
        "1r/m",
        60,
        1_000,
        1_000,
        0,
        0,
        0,
        true,
        0,
        new Heap(3, 1.0, 1.0, -1.5, false),
        new Buffer(peakBytes, limitBytes, 0.5),
        null,
        null,
        null,
        new OutageSeconds(60, 120),
        new Signs(70.0, 90.0, null, 0));
  }

  private static List<String> texts(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg.replaceFirst("<!DOCTYPE[^>]*>", ""))));
    NodeList texts = document.getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .toList();
  }
}
