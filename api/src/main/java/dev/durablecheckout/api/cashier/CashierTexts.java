package dev.durablecheckout.api.cashier;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The words of the cashier page in one language. */
enum CashierTexts {
  CHINESE("zh", "zh-CN"),
  ENGLISH("en", "en");

  private final String language;
  private final String tag;
  private final ImmutableMap<String, String> texts;

  CashierTexts(String language, String tag) {
    this.language = language;
    this.tag = tag;
    this.texts = load("cashier/text_" + language + ".properties");
  }

  /**
   * The language to use: the one asked for in the link, else the first of the browser's that we
   * have. A browser that names none is taken for Chinese, as the channels' buyers are; one that
   * names only others, for English.
   */
  static CashierTexts choose(@Nullable String asked, List<Locale> accepted) {
    for (CashierTexts texts : values()) {
      if (texts.language.equals(asked)) {
        return texts;
      }
    }
    for (Locale locale : accepted) {
      for (CashierTexts texts : values()) {
        if (texts.language.equals(locale.getLanguage())) {
          return texts;
        }
      }
    }
    boolean namesNone =
        accepted.stream()
            .allMatch(locale -> locale.getLanguage().isEmpty() || locale.getLanguage().equals("*"));
    return namesNone ? CHINESE : ENGLISH;
  }

  /** As in {@code ?lang=}. */
  String language() {
    return language;
  }

  /** As in {@code <html lang>}. */
  String tag() {
    return tag;
  }

  CashierTexts other() {
    return this == CHINESE ? ENGLISH : CHINESE;
  }

  ImmutableMap<String, String> all() {
    return texts;
  }

  String get(String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("no text " + key + " in " + language);
    }
    return text;
  }

  private static ImmutableMap<String, String> load(String resource) {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(
              Resources.toString(Resources.getResource(resource), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("the texts of the cashier", e);
    }
    return Maps.fromProperties(properties);
  }
}
