package dev.durablecheckout.activities.merchant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.durablecheckout.activities.secret.Secret;
import java.net.URI;

/**
 * Where a merchant's order system hears of events.
 *
 * @param secret the Standard Webhooks signing secret: {@code whsec_} and base64
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record EventEndpointConfiguration(URI url, Secret secret) {}
