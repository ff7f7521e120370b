/** How much is kept of what a check prints, in bytes, unless something else is asked for. */
export const defaultOutputMaxBytes = 4096;

/** What is kept of an output that was reported from outside: its beginning. */
export function keptBeginning(output: string, maxBytes: number): string {
  const length = Buffer.byteLength(output);
  if (length <= maxBytes) return output;
  const kept = firstBytes(Buffer.from(output), maxBytes);
  return `${kept} ... (captured ${maxBytes} of ${length} bytes)`;
}

/** The beginning of some bytes as a text. A character that does not fit is left out, what is no UTF-8 is marked. */
export function firstBytes(bytes: Uint8Array, maxBytes: number): string {
  return new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true });
}

/** Keeps the end of an output of any length. */
export class OutputTail {
  readonly #maxBytes: number;
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    this.#length += chunk.length;
    for (;;) {
      const first = this.#chunks[0];
      if (first === undefined || this.#kept - first.length < this.#maxBytes) return;
      this.#chunks.shift();
      this.#kept -= first.length;
    }
  }

  /** The text, with a line before it that says so where it is not the whole. */
  toString(): string {
    const all = Buffer.concat(this.#chunks);
    const tail = all.subarray(Math.max(0, all.length - this.#maxBytes)).toString();
    if (this.#length <= this.#maxBytes) return tail;
    return `Captured ${this.#maxBytes} of ${this.#length} bytes\n...\n${tail}`;
  }
}
