package io.sluice.ops.cli;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Messages without what may be a secret: a password may have been typed in a wrong place. */
final class Discreet {
  private static final String HIDDEN = "…";

  /** Numbers, times, sizes, names: no URL, no pair of name and value. */
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._,-]{0,64}");

  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]{1,30}");
  private static final Pattern URL_WITH_MORE = Pattern.compile("(?s).*(://|[@?]).*");

  private Discreet() {}

  static String message(ParameterException wrong, String[] arguments) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return "no such option or argument: "
          + unmatched.getUnmatched().stream()
              .map(argument -> argument.replaceFirst("(?s)=.*", ""))
              .map(name -> OPTION.matcher(name).matches() ? name : HIDDEN)
              .distinct()
              .collect(Collectors.joining(" "));
    }
    return hide(
        wrong.getMessage(),
        Stream.of(arguments)
            .flatMap(argument -> Stream.of(argument, argument.replaceFirst("^-[^=]*=", "")))
            .filter(text -> !HARMLESS.matcher(text).matches() && !text.startsWith("--")));
  }

  /** What happened later, without URLs that were given, and without the password. */
  static String text(String text, List<String> arguments) {
    return hide(
        text,
        Stream.concat(
            arguments.stream().filter(argument -> URL_WITH_MORE.matcher(argument).matches()),
            Stream.ofNullable(System.getenv(ClickHouseOptions.PASSWORD_VARIABLE))
                // A shorter one would tear holes into other words, and so be told by them.
                .filter(password -> password.length() >= 4)));
  }

  private static String hide(String text, Stream<String> secrets) {
    String hidden = text == null ? "" : text;
    // The longest first: one may be part of another.
    for (String secret :
        secrets
            .filter(each -> !each.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList()) {
      hidden = hidden.replace(secret, HIDDEN);
    }
    return hidden;
  }
}
