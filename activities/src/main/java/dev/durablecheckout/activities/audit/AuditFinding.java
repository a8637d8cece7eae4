package dev.durablecheckout.activities.audit;

/**
 * Something in the books that breaks a law.
 *
 * @param law its number in docs/architecture.md
 * @param key which checkout, pay order, notify or article
 * @param description what is wrong, for a person
 */
public record AuditFinding(int law, String key, String description) {}
