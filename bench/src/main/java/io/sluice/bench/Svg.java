package io.sluice.bench;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.TextTitle;

/** Draws charts as SVG whose texts stay texts, also where there is no screen. */
public final class Svg {
  private static final Pattern MORE_THAN_HUNDREDTHS = Pattern.compile("(\\d\\.\\d\\d)\\d+");

  private Svg() {}

  /** A chart with a subtitle, and without a legend, on white. */
  public static JFreeChart chart(String title, String subtitle, Plot plot) {
    JFreeChart chart = new JFreeChart(title, JFreeChart.DEFAULT_TITLE_FONT, plot, false);
    chart.addSubtitle(new TextTitle(subtitle));
    chart.setBackgroundPaint(Color.WHITE);
    return chart;
  }

  /** Makes a panel white, with grey grid lines. */
  public static void plain(XYPlot panel) {
    panel.setBackgroundPaint(Color.WHITE);
    panel.setRangeGridlinePaint(Color.LIGHT_GRAY);
    panel.setDomainGridlinePaint(Color.LIGHT_GRAY);
  }

  public static String of(JFreeChart chart, int widthPixels, int heightPixels) {
    System.setProperty("java.awt.headless", "true");
    // As texts, where the workaround would draw their outlines.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    VectorGraphics2D graphics = new VectorGraphics2D();
    chart.draw(graphics, new Rectangle2D.Double(0, 0, widthPixels, heightPixels));
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(widthPixels, heightPixels))
          .writeTo(svg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MORE_THAN_HUNDREDTHS.matcher(svg.toString(StandardCharsets.UTF_8)).replaceAll("$1");
  }
}
