package dev.durablecheckout.activities.db;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * How to reach PostgreSQL.
 *
 * @param url {@code jdbc:postgresql://host:port/database}
 * @param maxPoolSize default 10
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DatabaseConfiguration(
    String url, String user, @Nullable Secret password, @Nullable Integer maxPoolSize) {}
