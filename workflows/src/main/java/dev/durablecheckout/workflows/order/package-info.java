/** What is paid for: the merchant's order number and its items. */
@NullMarked
package dev.durablecheckout.workflows.order;

import org.jspecify.annotations.NullMarked;
