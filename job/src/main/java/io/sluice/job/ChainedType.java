package io.sluice.job;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The type of what one operator of a lane hands to the next by a call, within a chain and with
 * object reuse: it is never copied and never written, so there is no form to write it in. Without
 * it Flink would take the types for generic ones, and {@code pipeline.generic-types: false} refuses
 * those.
 */
final class ChainedType<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;

  ChainedType(Class<T> type) {
    this.type = type;
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new NoSerializer<>();
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
    return other instanceof ChainedType<?> chained && chained.type == type;
  }

  @Override
  public int hashCode() {
    return Objects.hash(type);
  }

  @Override
  public String toString() {
    return type.getSimpleName() + " within a chain";
  }

  private static final class NoSerializer<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1L;

    private static UnsupportedOperationException leftTheChain() {
      return new UnsupportedOperationException(
          "Operators of a lane do not run in one chain; set pipeline.operator-chaining.enabled and"
              + " pipeline.object-reuse to true");
    }

    @Override
    public boolean isImmutableType() {
      return false;
    }

    @Override
    public T createInstance() {
      throw leftTheChain();
    }

    @Override
    public T copy(T from) {
      throw leftTheChain();
    }

    @Override
    public T copy(T from, T reuse) {
      throw leftTheChain();
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
