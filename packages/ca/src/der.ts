import { evenHex } from './colon-hex.ts';

/** DER, as much of it as a certificate is made of: every function gives the bytes of one element. */

const SEQUENCE = 0x30;
const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  printable: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
  set: 0x31,
} as const;

/** An element of any tag, of parts that stand one after the other in it. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.of(tag, ...lengthOf(content.length)), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return element(SEQUENCE, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Uint8Array {
  return element(tags.set, ...parts);
}

export function truth(): Uint8Array {
  return element(tags.boolean, Uint8Array.of(0xff));
}

/** A whole number from 0 up. */
export function integer(value: number): Uint8Array {
  const bytes = Buffer.from(evenHex(value), 'hex');
  const isNegative = (bytes[0] ?? 0) >= 0x80;
  return element(tags.integer, Uint8Array.of(...(isNegative ? [0] : [])), bytes);
}

/** Bits, of which so many at the end are not used. */
export function bitString(unused: number, bytes: Uint8Array): Uint8Array {
  return element(tags.bitString, Uint8Array.of(unused), bytes);
}

export function octetString(...parts: readonly Uint8Array[]): Uint8Array {
  return element(tags.octetString, ...parts);
}

/** Text of letters, digits and a few marks, as Go writes a name. */
export function printable(text: string): Uint8Array {
  return element(tags.printable, Buffer.from(text, 'ascii'));
}

/** An object identifier written with dots. */
export function objectId(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(tags.objectId, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** A moment to the second, in milliseconds since 1970: from 2050 on it is written with four digits of the year (RFC 5280, 4.1.2.5). */
export function time(ms: number): Uint8Array {
  const digits = `${new Date(ms).toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`;
  return Number(digits.slice(0, 4)) < 2050
    ? element(tags.utcTime, Buffer.from(digits.slice(2)))
    : element(tags.generalizedTime, Buffer.from(digits));
}

/** The elements within an element, each with its tag, whole and what is in it. Meant for what was checked to be DER. */
export function within(der: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  const { content } = elementAt(der, 0);
  for (let at = 0; at < content.length; ) {
    const next = elementAt(content, at);
    elements.push(next);
    at += next.whole.length;
  }
  return elements;
}

export interface DerElement {
  readonly tag: number;
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

function elementAt(bytes: Uint8Array, at: number): DerElement {
  const tag = bytes[at] ?? 0;
  const short = bytes[at + 1] ?? 0;
  const more = short < 0x80 ? 0 : short & 0x7f;
  const start = at + 2 + more;
  const long = bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const end = start + (more === 0 ? short : long);
  return { tag, whole: bytes.subarray(at, end), content: bytes.subarray(start, end) };
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return [0x80 | bytes.length, ...bytes];
}

function base128(value: number): readonly number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
