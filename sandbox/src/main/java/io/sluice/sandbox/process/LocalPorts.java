package io.sluice.sandbox.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** Which ports of this machine's loopback address somebody listens on. */
public final class LocalPorts {
  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  private LocalPorts() {}

  /** Those on which something listens already, on the loopback address or on all. */
  public static List<Integer> taken(List<Integer> ports) {
    // macOS lets a loopback listener share the port of a wildcard one: knock, then bind.
    return ports.stream().filter(port -> accepts(port) || !canBind(port)).toList();
  }

  /** Whether something accepts connections there. */
  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
