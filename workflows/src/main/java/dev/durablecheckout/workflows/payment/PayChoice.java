package dev.durablecheckout.workflows.payment;

/** The channel and method that the buyer wants to pay with. */
public record PayChoice(Channel channel, PayMethod method) {}
