package io.sluice.clickhouse.sink;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.api.java.typeutils.runtime.kryo.KryoSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The type of what one operator of a lane hands to the next by a call, within a chain: it is never
 * written, so there is no form to write it in. A generic type but for that: its serializer is the
 * one that {@code pipeline.generic-types: false} refuses.
 */
@Internal
public final class ChainedType<T> extends GenericTypeInfo<T> {
  private static final long serialVersionUID = 1L;

  private final boolean isImmutable;

  private ChainedType(Class<T> type, boolean isImmutable) {
    super(type);
    this.isImmutable = isImmutable;
  }

  /** Of objects that never change: a copy is the object itself. */
  public static <T> ChainedType<T> immutable(Class<T> type) {
    return new ChainedType<>(type, true);
  }

  /** Of one object that is filled again and again: it must not be copied, so objects are reused. */
  public static <T> ChainedType<T> reused(Class<T> type) {
    return new ChainedType<>(type, false);
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new NoSerializer<>(getTypeClass(), config, isImmutable);
  }

  @Override
  public String toString() {
    return getTypeClass().getSimpleName() + " within a chain";
  }

  private static final class NoSerializer<T> extends KryoSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final boolean isImmutable;

    NoSerializer(Class<T> type, SerializerConfig config, boolean isImmutable) {
      super(type, config);
      this.isImmutable = isImmutable;
    }

    private static UnsupportedOperationException leftTheChain() {
      return new UnsupportedOperationException(
          "Operators of a lane do not run in one chain; set pipeline.operator-chaining.enabled and"
              + " pipeline.object-reuse to true");
    }

    @Override
    public NoSerializer<T> duplicate() {
      return this;
    }

    @Override
    public T copy(T from) {
      if (isImmutable) {
        return from;
      }
      throw leftTheChain();
    }

    @Override
    public void serialize(T element, DataOutputView target) {
      throw leftTheChain();
    }

    @Override
    public T deserialize(DataInputView source) {
      throw leftTheChain();
    }
  }
}
