package dev.durablecheckout.workflows.withdrawal;

/**
 * What the buyer confirms a payout of WeChat Pay with, in {@code wx.requestMerchantTransfer}: in
 * the application with this id, and within a day.
 *
 * @param mchId the account that pays
 * @param packageInfo WeChat's word for the payout; who has it can show the confirmation
 */
public record PayoutConfirmation(String mchId, String appId, String packageInfo) {
  /** Without what stands for the payout: for logs. */
  @Override
  public String toString() {
    return "PayoutConfirmation";
  }
}
