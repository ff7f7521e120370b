/** A text without its quotes, or why it is none. */
export type Unquoted = { readonly text: string } | { readonly problem: string };

const plainEscapes: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '\\': 92,
};

/** What stands between backquotes: everything as it is, but for carriage returns, as in Go. */
export function unquoteRaw(inner: string): Unquoted {
  return { text: inner.replaceAll('\r', '') };
}

/**
 * What stands between double quotes, with the escapes of Go: `\n`, `\x41`, `\101`, `\u0041`, `\U00000041`. A double quote
 * itself cannot stand in it, not even behind a backslash: the first one ends the text.
 */
export function unquote(inner: string): Unquoted {
  if (inner.includes('\n'))
    return { problem: 'a text in double quotes ends on its line: use `…`, or \\n' };
  if (!inner.includes('\\')) return { text: inner };
  if (inner.endsWith('\\') && !inner.endsWith('\\\\')) {
    return { problem: 'a double quote cannot be escaped: write the text in backquotes, or \\x22' };
  }
  return decodeEscapes(inner);
}

function decodeEscapes(inner: string): Unquoted {
  const decoded = new ByteText();
  for (let offset = 0; offset < inner.length; ) {
    const unit = inner[offset] ?? '';
    const sequence: Escape | undefined =
      unit === '\\' ? escapeAt(inner, offset + 1) : { kind: 'text', text: unit, length: 1 };
    if (sequence === undefined) return unknownEscape(inner, offset);
    if (sequence.kind === 'byte') decoded.addByte(sequence.byte);
    else decoded.add(sequence.text);
    offset += sequence.length;
  }
  const text = decoded.finish();
  return text === undefined ? { problem: 'the bytes of this text are not UTF-8' } : { text };
}

/** A text that is put together from characters and, as Go's `\x` and octal escapes want it, from bytes. */
class ByteText {
  #text = '';
  #bytes: number[] = [];
  #isText = true;

  add(text: string): void {
    this.#flush();
    this.#text += text;
  }

  addByte(byte: number): void {
    this.#bytes.push(byte);
  }

  /** The text; undefined when its bytes are none. */
  finish(): string | undefined {
    this.#flush();
    return this.#isText ? this.#text : undefined;
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const decoded = decodeUtf8(this.#bytes);
    this.#isText &&= decoded !== undefined;
    this.#text += decoded ?? '';
    this.#bytes = [];
  }
}

/** What some units stand for; the length is in units. */
type Escape = { readonly length: number } & (
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'text'; readonly text: string }
);

/** The escape whose letter stands at a place. */
function escapeAt(inner: string, offset: number): Escape | undefined {
  const letter = inner[offset] ?? '';
  const plain = Object.hasOwn(plainEscapes, letter) ? plainEscapes[letter] : undefined;
  if (plain !== undefined) return { kind: 'byte', byte: plain, length: 2 };
  if (letter === 'x') return byteEscape(inner.slice(offset + 1, offset + 3), 2, 16, 4);
  if (letter >= '0' && letter <= '7') return byteEscape(inner.slice(offset, offset + 3), 3, 8, 4);
  if (letter === 'u') return characterEscape(inner.slice(offset + 1, offset + 5), 4);
  return letter === 'U' ? characterEscape(inner.slice(offset + 1, offset + 9), 8) : undefined;
}

function byteEscape(
  written: string,
  digits: number,
  radix: number,
  length: number,
): Escape | undefined {
  const byte = digitsOf(written, digits, radix);
  return byte === undefined || byte > 0xff ? undefined : { kind: 'byte', byte, length };
}

function characterEscape(written: string, digits: number): Escape | undefined {
  const code = digitsOf(written, digits, 16);
  if (code === undefined || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { kind: 'text', text: String.fromCodePoint(code), length: digits + 2 };
}

function digitsOf(written: string, digits: number, radix: number): number | undefined {
  if (written.length < digits) return undefined;
  for (const digit of written) if (Number.isNaN(Number.parseInt(digit, radix))) return undefined;
  return Number.parseInt(written, radix);
}

function unknownEscape(inner: string, offset: number): Unquoted {
  const written = [...inner.slice(offset, offset + 3)].slice(0, 2).join('');
  return {
    problem: `there is no escape ${written}: write \\\\ for a backslash, or the text in backquotes`,
  };
}

function decodeUtf8(bytes: readonly number[]): string | undefined {
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(bytes),
    );
  } catch {
    return undefined;
  }
}
