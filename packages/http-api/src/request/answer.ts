import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Reply, ReplyHeaders } from '../reply.ts';

const compress = promisify(gzip);

/** How JSON is printed in answers. */
export interface Layout {
  /** By four spaces. */
  readonly indented: boolean;
  /** Ended by a line end, as `?pretty` asks for. */
  readonly lineEnd: boolean;
}

/** A reply whose body is all there. */
export type WholeReply = Exclude<Reply, { readonly kind: 'stream' }>;

/** From here on a text is turned into bytes for each who is sent it more slowly than once for all. */
const shareFromBytes = 32 * 1024;

/** The body of a reply, printed once and compressed once however many it is sent to. */
export class PrintedBody {
  /** Text, which goes out together with the headers; bytes where the body is long. */
  readonly content: string | Buffer;
  /** In bytes. */
  readonly length: number;
  #zipped: Promise<Buffer> | undefined;

  constructor(reply: WholeReply, layout: Layout) {
    const text = reply.kind === 'json' ? printed(reply.value, layout) : reply.text;
    this.content = text.length < shareFromBytes ? text : Buffer.from(text);
    this.length = Buffer.byteLength(this.content);
  }

  zipped(): Promise<Buffer> {
    this.#zipped ??= compress(this.content);
    return this.#zipped;
  }
}

function printed(value: unknown, { indented, lineEnd }: Layout): string {
  const text = indented ? JSON.stringify(value, null, 4) : JSON.stringify(value);
  return lineEnd ? `${text}\n` : text;
}

/** A reply, with a body that others are sent too and headers that they are not. */
export interface Answer {
  readonly reply: Reply;
  readonly body?: PrintedBody;
  readonly headers?: ReplyHeaders;
}
