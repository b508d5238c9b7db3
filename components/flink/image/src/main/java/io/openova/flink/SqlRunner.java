package io.openova.flink;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/** Runs its arguments as statements of SQL, in which ${NAME} is read from the environment. */
public final class SqlRunner {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  public static void main(String[] statements) {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inStreamingMode());
    for (String statement : statements) tables.executeSql(filled(statement));
  }

  private static String filled(String statement) {
    return VARIABLE.matcher(statement).replaceAll(found -> Matcher.quoteReplacement(valueOf(found.group(1))));
  }

  private static String valueOf(String name) {
    return Optional.ofNullable(System.getenv(name))
        .orElseThrow(() -> new IllegalArgumentException("Unexpected ${" + name + "}, expected a variable of the environment"));
  }
}
