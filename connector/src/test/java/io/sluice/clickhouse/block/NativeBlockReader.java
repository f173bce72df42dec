package io.sluice.clickhouse.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads ClickHouse Native blocks, written from the format's documentation and sharing no code with
 * the writer. Numbers come as unsigned {@code long}s, texts as strings of one char per byte.
 */
public final class NativeBlockReader {
  /** Name to type, and name to values, both in the order of the block. */
  public record Decoded(
      Map<String, String> types, Map<String, List<Object>> values, int rowCount) {}

  private final ByteBuffer bytes;

  private NativeBlockReader(byte[] block) {
    this.bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads one block, which must be all there is. */
  public static Decoded read(byte[] block) {
    NativeBlockReader reader = new NativeBlockReader(block);
    Decoded decoded = reader.readBlock();
    if (reader.bytes.hasRemaining()) {
      throw new IllegalArgumentException(reader.bytes.remaining() + " bytes after the block");
    }
    return decoded;
  }

  /** Reads a zstd frame, which must name its content size, and the block in it. */
  public static Decoded readFrame(byte[] frame) {
    return read(Zstd.decompress(frame, Math.toIntExact(Zstd.getFrameContentSize(frame))));
  }

  /** Reads a request's body: any number of frames, with any number of blocks in them. */
  public static List<Decoded> readBody(byte[] body) {
    try (ZstdInputStream frames = new ZstdInputStream(new ByteArrayInputStream(body))) {
      NativeBlockReader reader = new NativeBlockReader(frames.readAllBytes());
      List<Decoded> blocks = new ArrayList<>();
      while (reader.bytes.hasRemaining()) {
        blocks.add(reader.readBlock());
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Decoded readBlock() {
    int columns = (int) readVarUInt();
    int rows = (int) readVarUInt();
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (int c = 0; c < columns; c++) {
      String name = readText();
      String type = readText();
      List<Object> column = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        column.add(readValue(type));
      }
      types.put(name, type);
      values.put(name, column);
    }
    return new Decoded(types, values, rows);
  }

  private Object readValue(String type) {
    return switch (type) {
      case "UInt64" -> bytes.getLong();
      case "UInt16" -> (long) Short.toUnsignedInt(bytes.getShort());
      case "DateTime" -> Integer.toUnsignedLong(bytes.getInt());
      case "String" -> readText();
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private String readText() {
    byte[] text = new byte[(int) readVarUInt()];
    bytes.get(text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private long readVarUInt() {
    long result = 0;
    for (int i = 0; i < 10; i++) {
      int next = Byte.toUnsignedInt(bytes.get());
      result |= (long) (next & 0x7F) << (7 * i);
      if (next < 0x80) {
        return result;
      }
    }
    throw new IllegalArgumentException("VarUInt of more than ten bytes");
  }
}
