package io.sluice.sandbox.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sandbox.config.Home;
import io.sluice.sandbox.config.ProxyKind;
import io.sluice.sandbox.config.StackOptions;
import io.sluice.sandbox.process.ServiceProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both proxies as processes; with nobody behind them, so that an admitted request gives 502. */
class ProxyProcessIT {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "BUILTIN"})
  void askingWhetherItIsReadyDoesNotTakeTheWindow(ProxyKind kind) throws Exception {
    StackOptions options = StackOptions.onFreePorts().withProxy(kind, "1r/m");
    ServiceProcess proxy = new ProxyProcess(Home.find(), dir.resolve("proxy"), options);
    try {
      proxy.launch();
      proxy.awaitReady();
      assertThat(proxy.isReady()).isTrue();
      URI url = URI.create(options.ports().proxyUrl());

      assertThat(statusOf(url)).isEqualTo(502);
      assertThat(statusOf(url)).isEqualTo(503);
    } finally {
      assertThat(proxy.stop()).isTrue();
    }
    assertThat(proxy.process()).isEmpty();
  }

  private static int statusOf(URI url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
