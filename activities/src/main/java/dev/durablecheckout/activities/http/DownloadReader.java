package dev.durablecheckout.activities.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes a download while it comes in.
 *
 * @param <T> what it makes of it
 * @param <X> what it throws if it is not what it should be
 */
@FunctionalInterface
public interface DownloadReader<T, X extends Exception> {
  /**
   * Reads as much as it likes; what it leaves is not fetched.
   *
   * @param body throws an {@link IOException} where the download breaks off or exceeds its limits
   */
  T read(int status, InputStream body) throws IOException, X;
}
