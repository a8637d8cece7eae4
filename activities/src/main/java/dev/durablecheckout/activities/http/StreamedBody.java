package dev.durablecheckout.activities.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it comes in: the next piece is asked for when the last one is taken, so
 * that a fast server waits for a slow reader. The JDK's own stream waits for a silent server for
 * ever.
 */
final class StreamedBody extends InputStream implements BodySubscriber<StreamedBody> {
  /** A piece; without buffers and without an error, the end. */
  private record Piece(List<ByteBuffer> buffers, @Nullable Throwable error) {}

  private final long silenceNanos;
  private long waitingNanos;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> taken = new ArrayDeque<>();
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
  private boolean ended;

  StreamedBody(Duration silence, Duration waiting) {
    silenceNanos = silence.toNanos();
    waitingNanos = waiting.toNanos();
  }

  @Override
  public CompletionStage<StreamedBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription.complete(newSubscription);
    newSubscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    pieces.add(new Piece(buffers, null));
  }

  @Override
  public void onError(Throwable error) {
    pieces.add(new Piece(List.of(), error));
  }

  @Override
  public void onComplete() {
    pieces.add(new Piece(List.of(), null));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (taken.isEmpty()) {
      if (ended) {
        return -1;
      }
      take();
    }
    ByteBuffer first = taken.getFirst();
    int count = Math.min(length, first.remaining());
    first.get(buffer, offset, count);
    if (!first.hasRemaining()) {
      taken.removeFirst();
    }
    return count;
  }

  private void take() throws IOException {
    Piece piece = await();
    Throwable error = piece.error;
    if (error != null) {
      throw new IOException("the download broke off", error);
    }
    if (piece.buffers.isEmpty()) {
      ended = true;
      return;
    }
    piece.buffers.stream().filter(ByteBuffer::hasRemaining).forEach(taken::addLast);
    subscription.join().request(1);
  }

  private Piece await() throws IOException {
    long start = System.nanoTime();
    try {
      Piece piece = pieces.poll(Math.min(silenceNanos, waitingNanos), TimeUnit.NANOSECONDS);
      if (piece == null) {
        throw new HttpTimeoutException("the download stalled");
      }
      return piece;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the download");
    } finally {
      waitingNanos -= System.nanoTime() - start;
    }
  }

  /** Fetches no more of it. */
  @Override
  public void close() {
    ended = true;
    taken.clear();
    CompletableFuture<Void> unused = subscription.thenAccept(Flow.Subscription::cancel);
  }
}
