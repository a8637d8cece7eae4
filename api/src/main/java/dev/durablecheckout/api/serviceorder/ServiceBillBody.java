package dev.durablecheckout.api.serviceorder;

import dev.durablecheckout.api.json.Fields;
import dev.durablecheckout.workflows.money.Money;
import dev.durablecheckout.workflows.serviceorder.ServiceBill;
import dev.durablecheckout.workflows.serviceorder.ServiceFee;
import java.util.List;

/** Reads what a service cost. */
final class ServiceBillBody {
  private static final int MAX_FEES = 100;
  private static final int MAX_DISCOUNTS = 30;

  private ServiceBillBody() {}

  /** An empty bill if it is wrong, which is then a fault. */
  static ServiceBill read(Fields fields) {
    List<ServiceFee> fees = fields.list("fees", MAX_FEES, ServiceFeeBody::read);
    List<ServiceFee> discounts =
        fields.optionalList("discounts", MAX_DISCOUNTS, ServiceFeeBody::read);
    if (fields.isFaultless() && sum(discounts).compareTo(sum(fees)) > 0) {
      fields.fault("discounts", "sum_mismatch", "add up to more than the fees");
    }
    return fields.isFaultless()
        ? new ServiceBill(fees, discounts)
        : new ServiceBill(List.of(), List.of());
  }

  private static Money sum(List<ServiceFee> fees) {
    return fees.stream().map(ServiceFee::amount).reduce(Money.ZERO, Money::plus);
  }
}
