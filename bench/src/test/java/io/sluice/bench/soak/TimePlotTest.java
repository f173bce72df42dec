package io.sluice.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TimePlotTest {
  private static final Series RISING =
      new Series("rows & more", "#123456", 2, List.of(new Point(0, 0), new Point(60, 10)));

  @Test
  void isXmlWithTitleUnitsAndLegend() throws Exception {
    Document svg = parse(plot(RISING).svg());

    assertThat(texts(svg))
        .contains("A <title>", "what was run", "Rows, thousands", "rows & more", "off the scale")
        .contains("minutes since the first record", "1.0", "ClickHouse is away");
  }

  @Test
  void hasAWhiteGroundOfItsOwnSize() throws Exception {
    Element svg = parse(plot(RISING).svg()).getDocumentElement();
    Element ground = (Element) svg.getElementsByTagName("rect").item(0);

    assertThat(ground.getAttribute("fill")).isEqualTo("#fff");
    assertThat(ground.getAttribute("width")).isEqualTo(svg.getAttribute("width"));
    assertThat(ground.getAttribute("height")).isEqualTo(svg.getAttribute("height"));
  }

  @Test
  void theLineGoesFromTheLowerLeftToTheUpperRightCorner() throws Exception {
    String line = pathOf(RISING);

    double[] numbers = numbers(line);
    assertThat(numbers).hasSize(4);
    assertThat(numbers[0]).isEqualTo(76);
    assertThat(numbers[2]).isEqualTo(960 - 24);
    assertThat(numbers[1]).isGreaterThan(numbers[3]);
  }

  @Test
  void whatIsNotKnownIsAGap() throws Exception {
    Series broken =
        new Series(
            "x",
            "#123456",
            2,
            List.of(new Point(0, 1), new Point(20, Double.NaN), new Point(60, 1)));

    assertThat(pathOf(broken)).matches("M[^ML]+M[^ML]+");
  }

  private static TimePlot plot(Series series) {
    return new TimePlot(
        "A <title>",
        "what was run",
        List.of(new Panel("Rows, thousands", List.of(series), "off the scale")),
        List.of(new Marker(10, 20, "ClickHouse is away"), Marker.at(15, "held")),
        60);
  }

  /** The path of the data: the last one of that colour, after the one in the legend. */
  private static String pathOf(Series series) throws Exception {
    NodeList paths = parse(plot(series).svg()).getElementsByTagName("path");
    return IntStream.range(0, paths.getLength())
        .mapToObj(i -> (Element) paths.item(i))
        .filter(path -> path.getAttribute("stroke").equals(series.colour()))
        .reduce((before, next) -> next)
        .orElseThrow()
        .getAttribute("d");
  }

  private static double[] numbers(String path) {
    return java.util.Arrays.stream(path.substring(1).split("[L ]", -1))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static List<String> texts(Document svg) {
    NodeList texts = svg.getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .toList();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
