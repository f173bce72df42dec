package io.sluice.bench;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;

/** Draws charts as SVG whose texts stay texts, also where there is no screen. */
public final class Svg {
  private static final Pattern MORE_THAN_HUNDREDTHS = Pattern.compile("(\\d\\.\\d\\d)\\d+");

  private Svg() {}

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
