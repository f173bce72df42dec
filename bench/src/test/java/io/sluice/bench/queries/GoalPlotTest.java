package io.sluice.bench.queries;

import static io.sluice.bench.queries.Results.question;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bench.queries.Question.Kind;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class GoalPlotTest {
  private static final String BLUE = "#0072b2";
  private static final String ORANGE = "#d55e00";

  @Test
  void whatReachesItsGoalIsLeftOfTheLineAndWhatMissesItIsRight() throws Exception {
    QueriesResult result =
        Results.of(
            List.of(
                question(Kind.SERIES, "all", Span.HOUR, 10, null),
                question(Kind.SERIES, "network", Span.HOUR, 90, null)),
            List.of(),
            null);

    Element svg = parse(result.svg());

    double reached = dotAfterLegend(svg, BLUE);
    double missed = dotAfterLegend(svg, ORANGE);
    double line = textAt(svg, "30 ms");
    assertThat(reached).isLessThan(line);
    assertThat(missed).isGreaterThan(line);
    assertThat(svg.getTextContent()).contains("1 of 2 reach it");
  }

  /** The last filled dot of a colour: the first is the legend's. */
  private static double dotAfterLegend(Element svg, String colour) {
    NodeList dots = svg.getElementsByTagName("circle");
    double x = 0;
    int found = 0;
    for (int i = 0; i < dots.getLength(); i++) {
      Element dot = (Element) dots.item(i);
      if (dot.getAttribute("fill").equals(colour)) {
        x = Double.parseDouble(dot.getAttribute("cx"));
        found++;
      }
    }
    assertThat(found).isEqualTo(2);
    return x;
  }

  private static double textAt(Element svg, String text) {
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      if (texts.item(i).getTextContent().equals(text)) {
        return Double.parseDouble(((Element) texts.item(i)).getAttribute("x"));
      }
    }
    throw new AssertionError("no text " + text);
  }

  private static Element parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)))
        .getDocumentElement();
  }
}
