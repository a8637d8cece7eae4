package dev.durablecheckout.activities.db;

import dev.durablecheckout.activities.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How to reach PostgreSQL.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param maxPoolSize default 10
 */
public record DatabaseConfiguration(
    String url, String user, @Nullable Secret password, @Nullable Integer maxPoolSize) {}
