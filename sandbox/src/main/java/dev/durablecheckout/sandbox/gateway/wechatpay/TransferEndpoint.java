package dev.durablecheckout.sandbox.gateway.wechatpay;

import dev.durablecheckout.sandbox.http.Request;
import dev.durablecheckout.sandbox.http.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code /buyer/transfer/...}: the page on which the buyer takes the money of a transfer. */
final class TransferEndpoint {
  static final String PATH = "/buyer/transfer/";

  private final TransferRegister register;
  private final WechatTransfers transfers;

  TransferEndpoint(TransferRegister register, WechatTransfers transfers) {
    this.register = register;
    this.transfers = transfers;
  }

  List<TransferBill> toConfirm() {
    return register.all().stream()
        .filter(bill -> bill.state() == TransferBill.State.WAIT_USER_CONFIRM)
        .toList();
  }

  Response handle(Request request) {
    String name =
        URLDecoder.decode(request.path().substring(PATH.length()), StandardCharsets.UTF_8);
    Optional<TransferBill> found = register.lookUp(name);
    if (found.isEmpty()) {
      return Response.page(404, BuyerPage.notFound());
    }
    TransferBill bill = found.get();
    if (!request.isPost()) {
      return Response.page(200, TransferPage.of(bill, null));
    }
    try {
      transfers.confirm(bill.billNo());
    } catch (WechatRefusedException e) {
      return Response.page(409, TransferPage.of(bill, e.refusal()));
    }
    return Response.seeOther(request.base().resolve(PATH + bill.billNo()));
  }
}
