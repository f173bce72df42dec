package io.sluice.sandbox.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/**
 * A port that a service listens on.
 *
 * @param option the option of the command line that changes it
 */
public record PortClaim(Service service, String option, int port) {
  private static final int CONNECT_TIMEOUT_MILLIS = 500;

  /** The claims on whose ports something listens already, on the loopback address or on all. */
  public static List<PortClaim> taken(List<PortClaim> claims) {
    // macOS lets a loopback listener share the port of a wildcard one: knock, then bind.
    return claims.stream().filter(one -> accepts(one.port) || !canBind(one.port)).toList();
  }

  /** "port 9092 (kafka) is taken; choose another with --kafka-port". */
  public String describeTaken() {
    return "port " + port + " (" + service + ") is taken; choose another with " + option;
  }

  /** Whether something accepts connections on a port of this machine's loopback address. */
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
