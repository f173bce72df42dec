package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.ProxyKind;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.ServiceRunner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both proxies as processes; with nobody behind them, so that an admitted request gives 502. */
class ProxyServiceIT {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "BUILTIN"})
  void askingWhetherItIsReadyDoesNotTakeTheWindow(ProxyKind kind) throws Exception {
    StackOptions options = StackOptions.onFreePorts().withProxy(kind, "1r/m");
    ServiceRunner runner =
        new ServiceRunner(
            new ProxyService(Home.find(), dir.resolve("proxy"), options), dir.resolve("proxy"));
    try {
      runner.launch();
      runner.awaitReady();
      assertThat(runner.isReady()).isTrue();
      URI url = URI.create(options.ports().proxyUrl());

      assertThat(statusOf(url)).isEqualTo(502);
      assertThat(statusOf(url)).isEqualTo(503);
    } finally {
      assertThat(runner.stop()).isTrue();
    }
    assertThat(runner.process()).isEmpty();
  }

  private static int statusOf(URI url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
