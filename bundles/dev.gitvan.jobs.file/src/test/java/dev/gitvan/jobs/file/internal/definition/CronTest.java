package dev.gitvan.jobs.file.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "0 3 * * *",
        "*/5 0-23/2 1,15 JAN-MAR,dec mon-FRI",
        "59 23 31 12 7",
        "0 0 29 2 *",
        "0 0 31 2 MON",
        " 0  0 1 1 0 ",
        "5/15 * * * *"
      })
  void isTaken(String expression) {
    assertThat(Cron.problem(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "99 * * * * | minute must be 0–59, but is 99",
        "* 24 * * * | hour must be 0–23, but is 24",
        "* * 0 * * | day of month must be 1–31, but is 0",
        "* * * 13 * | month must be 1–12 or JAN–DEC, but is 13",
        "* * * * 8 | day of week must be 0–7 or SUN–SAT, but is 8",
        "* * * foo * | month must be 1–12 or JAN–DEC, but is foo",
        "JAN * * * * | minute must be 0–59, but is JAN",
        "5-1 * * * * | minute 5-1 is reversed: write two ranges separated by a comma",
        "*/0 * * * * | the step of minute must be 1–59, but is 0",
        "*/x * * * * | the step of minute must be 1–59, but is x",
        "*/99 * * * * | the step of minute must be 1–59, but is 99",
        "1,,2 * * * * | minute must be 0–59, but is empty",
        "-1 * * * * | minute must be 0–59, but is empty",
        "? * * * * | minute must be 0–59, but is ?",
        "0 0 L * * | day of month must be 1–31, but is L",
        "99999999999 * * * * | minute must be 0–59, but is 99999999999",
        "* * * * | a schedule has five fields, but this one has 4",
        "0 * * * * * | a schedule has five fields, but this one has 6",
        "@daily | abbreviations such as @daily are not known",
        "0 0 30 2 * | none of these months has a day 30",
        "0 0 31 4,6 * | none of these months has a day 31",
      })
  void isRefused(String expression, String expected) {
    assertThat(Cron.problem(expression)).contains(expected);
  }
}
