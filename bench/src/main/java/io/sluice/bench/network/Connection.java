package io.sluice.bench.network;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A client, the server it is connected with, and a {@link Pipe} each way. Used by the loop of the
 * link alone; an I/O error on either side resets both.
 */
final class Connection {
  private final LinkLoop loop;
  private final SocketChannel client;
  private final SocketChannel server;
  private final SelectionKey clientKey;
  private final SelectionKey serverKey;
  private final Pipe requests;
  private final Pipe answers;
  private boolean connectionAsked;
  private boolean clientLost;
  private boolean standing;
  private long bytesSinceAnswer;

  Connection(LinkLoop loop, SocketChannel client) throws IOException {
    this.loop = loop;
    this.client = client;
    server = SocketChannel.open();
    clientKey = register(client);
    serverKey = register(server);
    requests = new Pipe(client, server, loop.counters().bytesToServer);
    answers = new Pipe(server, client, loop.counters().bytesToClient);
  }

  private SelectionKey register(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return channel.register(loop.selector(), 0, this);
  }

  /** Something can be done with one of the two sockets. */
  void ready(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    if (key.isReadable() && key.equals(clientKey)) {
      requests.read(loop.scratch(), System.nanoTime(), loop.fault());
    } else if (key.isReadable()) {
      readAnswer();
    }
    pump();
  }

  /** Does whatever can be done now, and says to the selector what is waited for. */
  void pump() {
    if (!isOpen()) {
      return;
    }
    long now = System.nanoTime();
    try {
      if (connect()) {
        flushRequests(now);
        answers.flush(now, loop.fault(), Long.MAX_VALUE);
      }
      requests.giveBack();
      answers.giveBack();
      if (answers.finished() && (clientLost || requests.finished())) {
        close();
      } else {
        updateInterest();
      }
    } catch (IOException gone) {
      reset();
    }
  }

  /** When to pump again though no socket is ready, or {@link Pipe#NEVER}. */
  long wakeAtNanos() {
    return Math.min(standing ? Pipe.NEVER : requests.wakeAtNanos(), answers.wakeAtNanos());
  }

  int heldBytes() {
    return requests.heldBytes() + answers.heldBytes();
  }

  boolean isOpen() {
    return server.isOpen();
  }

  /** Ends both sides with RST. Returns whether the client noticed, that is, was still there. */
  boolean reset() {
    boolean noticed = client.isOpen();
    resetSide(client);
    resetSide(server);
    return noticed;
  }

  private boolean connect() throws IOException {
    if (server.isConnected()) {
      return true;
    }
    if (connectionAsked) {
      server.finishConnect();
    } else if (!loop.fault().holds()) {
      connectionAsked = true;
      loop.connect(server);
    }
    if (server.isConnected() && server.getLocalAddress().equals(server.getRemoteAddress())) {
      // Linux lets a socket connect with itself when nobody listens on the port it was given.
      throw new ConnectException("nobody listens on " + server.getRemoteAddress());
    }
    return server.isConnected();
  }

  private void readAnswer() {
    int read = answers.read(loop.scratch(), System.nanoTime(), loop.fault());
    if (read == 0) {
      return;
    }
    long requestBytes = bytesSinceAnswer;
    bytesSinceAnswer = 0;
    if (loop.fault().losesAnswerTo(requestBytes) && !clientLost) {
      clientLost = true;
      loop.counters().reset.incrementAndGet();
      resetSide(client);
      // The server is left to end in peace: it gets the rest of the request, and nobody listens.
      answers.discard();
      requests.end(System.nanoTime());
    }
  }

  private void flushRequests(long now) throws IOException {
    if (standing) {
      return;
    }
    RequestTrigger trigger = loop.trigger();
    bytesSinceAnswer += requests.flush(now, loop.fault(), trigger.bytesBefore(bytesSinceAnswer));
    if (bytesSinceAnswer > 0 && trigger.bytesBefore(bytesSinceAnswer) == 0) {
      standing = true;
      trigger.fire(() -> loop.now(this::goOn));
    }
  }

  private void goOn() {
    standing = false;
    pump();
  }

  private void updateInterest() {
    if (clientKey.isValid()) {
      clientKey.interestOps(interest(requests, answers));
    }
    if (server.isConnected()) {
      serverKey.interestOps(interest(answers, requests));
    } else {
      serverKey.interestOps(connectionAsked ? SelectionKey.OP_CONNECT : 0);
    }
  }

  private static int interest(Pipe read, Pipe written) {
    return (read.wantsToRead() ? SelectionKey.OP_READ : 0)
        | (written.waitsForTarget() ? SelectionKey.OP_WRITE : 0);
  }

  private void close() throws IOException {
    client.close();
    server.close();
  }

  private static void resetSide(SocketChannel side) {
    try (side) {
      if (side.isOpen()) {
        side.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException alreadyGone) {
      // The other end has hung up: there is nothing left to reset.
    }
  }
}
