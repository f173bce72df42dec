package io.sluice.clickhouse.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.ExternallyInducedSourceReader;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.streaming.api.transformations.SourceTransformation;
import org.junit.jupiter.api.Test;

/** Flink looks at what a source implements, so the wrapper has to be the same or to refuse it. */
class HeldSourceTest {
  private static final LineageVertex VERTEX = List::of;

  @Test
  void hasTheLineageOfTheSourceThatItHolds() {
    Source<Long, ?, ?> source =
        with(LineageVertexProvider.class, "getLineageVertex", VERTEX, Source.class);

    assertThat(lineageOf(held(source))).isSameAs(VERTEX);
    assertThat(lineageOf(held(new NumberSequenceSource(1, 9)))).isNull();
  }

  private static LineageVertex lineageOf(Source<Long, ?, ?> source) {
    return ((SourceTransformation<?, ?, ?>)
            StreamExecutionEnvironment.getExecutionEnvironment()
                .fromSource(source, WatermarkStrategy.noWatermarks(), "numbers")
                .getTransformation())
        .getLineageVertex();
  }

  @Test
  void reassignsSplitsIfTheSourceThatItHoldsDoes() {
    Source<Long, ?, ?> source =
        with(Source.class, "none", null, SupportsSplitReassignmentOnRecovery.class);

    assertThat(held(source)).isInstanceOf(SupportsSplitReassignmentOnRecovery.class);
    assertThat(held(new NumberSequenceSource(1, 9)))
        .isNotInstanceOf(SupportsSplitReassignmentOnRecovery.class);
  }

  @Test
  void refusesASourceThatTriggersCheckpointsItself() {
    Object reader = with(ExternallyInducedSourceReader.class, "none", null);
    Source<Long, ?, ?> source = with(Source.class, "createReader", reader);
    SourceReaderContext context = with(SourceReaderContext.class, "getIndexOfSubtask", 0);

    assertThatIllegalStateException()
        .isThrownBy(() -> held(source).createReader(context))
        .withMessageContaining("triggers checkpoints itself")
        .withMessageContaining("leave out hold");
  }

  private static Source<Long, ?, ?> held(Source<Long, ?, ?> source) {
    return HeldSource.of(source, Types.LONG, new Intake());
  }

  /** Something of these types that answers to one method. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> T with(Class<?> type, String method, Object answer, Class<?>... also) {
    Class<?>[] types = Stream.concat(Stream.of(type), Stream.of(also)).toArray(Class<?>[]::new);
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            types,
            (proxy, called, arguments) ->
                called.getName().equals(method)
                    ? answer
                    : called.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, called, arguments)
                        : null);
  }
}
