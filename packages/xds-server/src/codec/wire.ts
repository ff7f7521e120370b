const LENGTH_DELIMITED = 2;

/** One length-delimited protobuf field: its tag, the length and the bytes. */
export function field(number: number, bytes: Uint8Array): Uint8Array {
  return joined([fieldHead(number, bytes.length), bytes]);
}

/** What stands before the bytes of a length-delimited field. */
export function fieldHead(number: number, length: number): Uint8Array {
  const tag = (number << 3) | LENGTH_DELIMITED;
  // Most fields are short ones of a low number.
  if (tag <= 0x7f && length <= 0x7f) return Uint8Array.of(tag, length);
  return Uint8Array.from([...varint(tag), ...varint(length)]);
}

/** A string field; nothing at all for an empty string, as proto3 writes it. */
export function stringField(number: number, text: string): Uint8Array {
  return text === '' ? new Uint8Array(0) : field(number, Buffer.from(text));
}

/** The parts one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value >>> 0;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return [...bytes, rest];
}
