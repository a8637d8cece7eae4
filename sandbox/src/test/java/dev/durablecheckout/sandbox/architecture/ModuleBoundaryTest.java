package dev.durablecheckout.sandbox.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.durablecheckout.activities.merchant.MerchantConfiguration;

/** The arrows between the modules point one way; wire words of a channel stay in its folder. */
@AnalyzeClasses(
    packages = "dev.durablecheckout",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ModuleBoundaryTest {
  @ArchTest
  static final ArchRule WORKFLOWS_NEED_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("dev.durablecheckout.workflows..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.durablecheckout.activities..",
              "dev.durablecheckout.worker..",
              "dev.durablecheckout.api..",
              "dev.durablecheckout.sandbox..");

  @ArchTest
  static final ArchRule ACTIVITIES_NEED_WORKFLOWS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.durablecheckout.activities..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.durablecheckout.worker..",
              "dev.durablecheckout.api..",
              "dev.durablecheckout.sandbox..");

  @ArchTest
  static final ArchRule THE_WORKER_DOES_NOT_KNOW_THE_API =
      noClasses()
          .that()
          .resideInAPackage("dev.durablecheckout.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.durablecheckout.api..", "dev.durablecheckout.sandbox..");

  @ArchTest
  static final ArchRule THE_API_DOES_NOT_KNOW_THE_WORKER =
      noClasses()
          .that()
          .resideInAPackage("dev.durablecheckout.api..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.durablecheckout.worker..", "dev.durablecheckout.sandbox..");

  @ArchTest
  static final ArchRule THE_API_CALLS_NO_CHANNEL_AND_WRITES_NO_BOOKS =
      noClasses()
          .that()
          .resideInAPackage("dev.durablecheckout.api..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              ".*\\.(PayChannel|PayChannels|AlipayChannel|ChannelActivitiesImpl|CheckoutBooksImpl|RefundBooksImpl|StockDao|PayOrderDao)");

  @ArchTest
  static final ArchRule THE_SDK_STAYS_WITH_ITS_CHANNEL =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.durablecheckout.activities.channel.alipay..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.alipay..");

  @ArchTest
  static final ArchRule TENCENTS_SDK_STAYS_WITH_ITS_CHANNEL =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.durablecheckout.activities.channel.wechatpay..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.wechat..");

  @ArchTest
  static final ArchRule A_CHANNEL_KNOWS_NO_OTHER_CHANNEL =
      slices()
          .matching("dev.durablecheckout.activities.channel.(*)..")
          .should()
          .notDependOnEachOther();

  /** The one place that names the channels' folders: the keys of a merchant's configuration. */
  @ArchTest
  static final ArchRule A_CHANNEL_IS_NAMED_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.durablecheckout.activities.channel.*..")
          .and()
          .doNotHaveFullyQualifiedName(MerchantConfiguration.class.getName())
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.durablecheckout.activities.channel.*..")
                  .and(resideOutsideOfPackage("dev.durablecheckout.activities.channel.health..")));

  @ArchTest
  static final ArchRule NOTHING_NEEDS_THE_SANDBOX =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.durablecheckout.sandbox..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.durablecheckout.sandbox..");
}
