package dev.durablecheckout.sandbox.gateway.alipay;

import java.time.Instant;

/** Money that went back; {@code outRequestNo} is unique within its trade. */
record Refund(String outRequestNo, long amountFen, Instant refundedAt) {}
