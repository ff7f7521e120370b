/** The head of an answer and what is known of its end. */
interface Head {
  readonly status: number;
  readonly index: number;
  readonly bodyStart: number;
  /** Bytes of the body; none when it comes in chunks. */
  readonly length: number | undefined;
}

/** An answer that has come whole. */
export interface Response {
  readonly status: number;
  /** `X-Consul-Index`; 0 without. */
  readonly index: number;
  /** As it came: in chunks, with their lengths between, when it came so. */
  readonly body: Buffer;
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('0\r\n\r\n');

/**
 * Reads the answers of one HTTP connection, one after the other, with as little work as will do: what makes the
 * load must not be what is measured.
 */
export class ResponseReader {
  #kept: Buffer = Buffer.alloc(0);

  /** Takes what came, and gives the answer when it is whole. */
  take(piece: Buffer): Response | undefined {
    this.#kept = this.#kept.length === 0 ? piece : Buffer.concat([this.#kept, piece]);
    const head = headOf(this.#kept);
    const end = head && endOf(this.#kept, head);
    if (head === undefined || end === undefined) return undefined;
    const body = this.#kept.subarray(head.bodyStart, end);
    this.#kept = this.#kept.subarray(end);
    return { status: head.status, index: head.index, body };
  }
}

function headOf(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const text = bytes.toString('latin1', 0, end);
  return {
    status: Number(text.slice(9, 12)),
    index: numberAfter(text, 'x-consul-index: ') ?? 0,
    bodyStart: end + headEnd.length,
    length: numberAfter(text, 'content-length: '),
  };
}

function numberAfter(head: string, name: string): number | undefined {
  const [, digits] = new RegExp(`\r\n${name}(\\d+)`, 'i').exec(head) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function endOf(bytes: Buffer, { bodyStart, length }: Head): number | undefined {
  if (length !== undefined) {
    const end = bodyStart + length;
    return bytes.length < end ? undefined : end;
  }
  const end = bytes.length;
  return bytes.subarray(end - lastChunk.length).equals(lastChunk) ? end : undefined;
}
