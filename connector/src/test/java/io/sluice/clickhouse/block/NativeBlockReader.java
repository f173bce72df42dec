package io.sluice.clickhouse.block;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads ClickHouse Native blocks, written from the format's documentation and sharing no code with
 * the writer. Integers, days and times come as {@code long}s, texts as strings of one char per
 * byte, the rest as what Java has for it.
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
      values.put(name, readValues(type, rows));
      types.put(name, type);
    }
    return new Decoded(types, values, rows);
  }

  private List<Object> readValues(String type, int rows) {
    List<String> arguments = arguments(type);
    return switch (type.replaceFirst("\\(.*", "")) {
      case "Nullable" -> readNullable(arguments.get(0), rows);
      case "Array" -> readArrays(arguments.get(0), rows);
      case "Map" -> readMaps(arguments.get(0), arguments.get(1), rows);
      default -> {
        List<Object> column = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
          column.add(readValue(type, arguments));
        }
        yield column;
      }
    };
  }

  private List<Object> readNullable(String type, int rows) {
    byte[] nulls = readBytes(rows);
    List<Object> values = readValues(type, rows);
    for (int r = 0; r < rows; r++) {
      if (nulls[r] == 1) {
        values.set(r, null);
      }
    }
    return values;
  }

  private List<Object> readArrays(String type, int rows) {
    int[] ends = readEnds(rows);
    List<Object> elements = readValues(type, ends[rows]);
    List<Object> arrays = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      arrays.add(elements.subList(ends[r], ends[r + 1]));
    }
    return arrays;
  }

  private List<Object> readMaps(String keyType, String valueType, int rows) {
    int[] ends = readEnds(rows);
    List<Object> keys = readValues(keyType, ends[rows]);
    List<Object> values = readValues(valueType, ends[rows]);
    List<Object> maps = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (int e = ends[r]; e < ends[r + 1]; e++) {
        map.put(keys.get(e), values.get(e));
      }
      maps.add(map);
    }
    return maps;
  }

  /** Where the elements of each row end, with a 0 before. */
  private int[] readEnds(int rows) {
    int[] ends = new int[rows + 1];
    for (int r = 1; r <= rows; r++) {
      ends[r] = Math.toIntExact(bytes.getLong());
    }
    return ends;
  }

  private Object readValue(String type, List<String> arguments) {
    return switch (type.replaceFirst("\\(.*", "")) {
      case "Bool" -> bytes.get() != 0;
      case "Int8" -> (long) bytes.get();
      case "Int16" -> (long) bytes.getShort();
      case "Int32", "Date32" -> (long) bytes.getInt();
      case "Int64", "UInt64", "DateTime64" -> bytes.getLong();
      case "UInt8" -> (long) Byte.toUnsignedInt(bytes.get());
      case "UInt16", "Date" -> (long) Short.toUnsignedInt(bytes.getShort());
      case "UInt32", "DateTime" -> Integer.toUnsignedLong(bytes.getInt());
      case "Float32" -> bytes.getFloat();
      case "Float64" -> bytes.getDouble();
      case "Decimal" ->
          readDecimal(Integer.parseInt(arguments.get(0)), Integer.parseInt(arguments.get(1)));
      case "UUID" -> new UUID(bytes.getLong(), bytes.getLong());
      case "IPv4" -> address(reversed(readBytes(4)));
      case "IPv6" -> address(readBytes(16));
      case "FixedString" -> text(readBytes(Integer.parseInt(arguments.get(0))));
      case "String" -> readText();
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private BigDecimal readDecimal(int precision, int scale) {
    int width = precision < 10 ? 4 : precision < 19 ? 8 : precision < 39 ? 16 : 32;
    return new BigDecimal(new BigInteger(reversed(readBytes(width))), scale);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands between the outer parentheses, split at the outer commas. */
  private static List<String> arguments(String type) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int start = type.indexOf('(') + 1;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if ((c == ',' && depth == 1) || (c == ')' && depth == 0)) {
        arguments.add(type.substring(start, i).strip());
        start = i + 1;
      }
    }
    return arguments;
  }

  private byte[] readBytes(int count) {
    byte[] read = new byte[count];
    bytes.get(read);
    return read;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String readText() {
    return text(readBytes((int) readVarUInt()));
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
