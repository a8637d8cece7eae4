package dev.durablecheckout.activities.merchant;

import dev.durablecheckout.activities.secret.Secret;
import java.net.URI;

/**
 * Where a merchant's order system hears of events.
 *
 * @param secret the Standard Webhooks signing secret: {@code whsec_} and base64
 */
public record EventEndpointConfiguration(URI url, Secret secret) {}
