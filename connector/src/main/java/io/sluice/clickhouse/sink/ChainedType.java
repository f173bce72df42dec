package io.sluice.clickhouse.sink;

import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The type of what one operator of a lane hands to the next by a call, within a chain: it is never
 * written, so there is no form to write it in. Without it Flink would take the types for generic
 * ones, and {@code pipeline.generic-types: false} refuses those.
 */
@Internal
public final class ChainedType<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  private final boolean isImmutable;

  private ChainedType(Class<T> type, boolean isImmutable) {
    this.type = type;
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
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new NoSerializer<>(isImmutable);
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ChainedType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainedType<?> chained
        && chained.type == type
        && chained.isImmutable == isImmutable;
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, isImmutable);
  }

  @Override
  public String toString() {
    return type.getSimpleName() + " within a chain";
  }

  private static final class NoSerializer<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1L;

    private final boolean isImmutable;

    NoSerializer(boolean isImmutable) {
      this.isImmutable = isImmutable;
    }

    private static UnsupportedOperationException leftTheChain() {
      return new UnsupportedOperationException(
          "Operators of a lane do not run in one chain; set pipeline.operator-chaining.enabled and"
              + " pipeline.object-reuse to true");
    }

    @Override
    public boolean isImmutableType() {
      return isImmutable;
    }

    @Override
    public T createInstance() {
      throw leftTheChain();
    }

    @Override
    public T copy(T from) {
      if (isImmutable) {
        return from;
      }
      throw leftTheChain();
    }

    @Override
    public T copy(T from, T reuse) {
      return copy(from);
    }

    @Override
    public int getLength() {
      return -1;
    }

    @Override
    public void serialize(T element, DataOutputView target) {
      throw leftTheChain();
    }

    @Override
    public T deserialize(DataInputView source) {
      throw leftTheChain();
    }

    @Override
    public T deserialize(T reuse, DataInputView source) {
      throw leftTheChain();
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) {
      throw leftTheChain();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
      throw leftTheChain();
    }
  }
}
