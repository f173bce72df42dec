package io.sluice.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitingProxyIT extends ProxyContract {
  @Override
  List<String> command(ProxyConfig config, Path dir) {
    return java(
        "--port",
        Integer.toString(config.port()),
        "--upstream-port",
        Integer.toString(config.upstreamPort()),
        "--rate",
        config.rate().toString(),
        "--max-body-bytes",
        Long.toString(config.maxBodyBytes()),
        "--upstream-timeout-ms",
        Long.toString(config.upstreamTimeout().toMillis()),
        "--access-log",
        dir.resolve("access.log").toString());
  }

  private static List<String> java(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                RateLimitingProxy.HEAP_OPTION,
                "-cp",
                System.getProperty("java.class.path"),
                RateLimitingProxy.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  @Test
  void namesATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Process proxy = run("--port", port, "--upstream-port", "1", "--access-log", log());

      assertThat(output(proxy)).contains("port " + port + " is taken");
      assertThat(proxy.waitFor()).isEqualTo(1);
    }
  }

  @Test
  void namesAWrongRate() throws Exception {
    Process proxy =
        run("--port", "1", "--upstream-port", "1", "--access-log", log(), "--rate", "fast");

    assertThat(output(proxy)).contains("rate: 'fast' is not of the form");
    assertThat(proxy.waitFor()).isEqualTo(2);
  }

  private String log() {
    return dir.resolve("access.log").toString();
  }

  private static Process run(String... arguments) throws Exception {
    return new ProcessBuilder(java(arguments)).redirectErrorStream(true).start();
  }

  private static String output(Process process) throws Exception {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
