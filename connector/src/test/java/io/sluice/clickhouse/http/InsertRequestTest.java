package io.sluice.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values a request is made of: what they say, and what they do not let through. */
class InsertRequestTest {
  private static final List<byte[]> ONE_FRAME = List.of(new byte[] {1});

  @Test
  void putsStatementSettingsAndTokenIntoTheUrl() {
    InsertRequest request = new InsertRequest(Requests.STATEMENT, "a+b/c", ONE_FRAME);

    assertThat(List.of(request.urlQuery().split("&")).stream().map(InsertRequestTest::decoded))
        .containsExactly(
            "query=INSERT INTO `logs`.`http_log` (`timestamp`, `url`) FORMAT Native",
            "async_insert=0",
            "insert_deduplicate=1",
            "deduplicate_blocks_in_dependent_materialized_views=1",
            "max_insert_block_size=1000000000",
            "min_insert_block_size_rows=1000000000",
            "min_insert_block_size_bytes=0",
            "max_insert_threads=1",
            "max_partitions_per_insert_block=0",
            "distributed_foreground_insert=1",
            "timeout_overflow_mode=throw",
            "limit=0",
            "offset=0",
            "input_format_skip_unknown_fields=0",
            "wait_end_of_query=1",
            "insert_deduplication_token=a+b/c");
    assertThat(request.urlQuery()).doesNotContain("+").doesNotContain(" ");
  }

  @Test
  void sendsTheSettingsOfTheTableInTheSameOrderEachTime() {
    InsertStatement statement =
        new InsertStatement(
            "logs", "http_log", List.of("url"), Map.of("optimize_on_insert", "0", "a_b", "x&y z"));

    assertThat(new InsertRequest(statement, "t", ONE_FRAME).urlQuery())
        .contains("wait_end_of_query=1&a_b=x%26y%20z&optimize_on_insert=0&insert_dedup");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert_deduplicate",
        "deduplicate_insert",
        "password",
        "async_insert",
        "insert_deduplication_token",
        "query",
        "a=b"
      })
  void leavesNoTableTheSettingsThatExactlyOnceDependsOn(String setting) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new InsertStatement("logs", "http_log", List.of("url"), Map.of(setting, "1")))
        .withMessageStartingWith("insertSettings: '" + setting + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "host:8123",
        "http:/path",
        "http://host:0",
        "http://host:99999",
        "http://host/?a=b",
        "http://host/#a",
      })
  void refusesAnEndpointUrlOfAnotherForm(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Endpoint(URI.create(url), "", "", Timeouts.DEFAULT, Authorities.OF_THE_JVM))
        .withMessageStartingWith("endpoints: one ")
        .withMessageNotContaining(url);
  }

  @Test
  void neverShowsAPassword() {
    URI url = URI.create("http://host:8124");

    assertThat(new Endpoint(url, "writer", "s3cret", Timeouts.DEFAULT, Authorities.OF_THE_JVM))
        .hasToString("Endpoint[url=http://host:8124]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Endpoint(url, "writer", "s3cret\n", Timeouts.DEFAULT, Authorities.OF_THE_JVM))
        .withMessageStartingWith("credentials: ")
        .withMessageNotContaining("s3cret");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Endpoint(
                    URI.create("http://u:s3cret@host"),
                    "",
                    "",
                    Timeouts.DEFAULT,
                    Authorities.OF_THE_JVM))
        .withMessageNotContaining("s3cret");
  }

  private static String decoded(String parameter) {
    return URLDecoder.decode(parameter, StandardCharsets.UTF_8);
  }
}
