import { connect } from 'node:http2';
import { deltaPath, field, grpcMessage } from './grpc-message.ts';

/** A proxy that takes whatever it is sent, unless it is told not to answer any more. */
export interface FakeProxy extends Disposable {
  /** Whether it answers responses of extension configurations: those carry the intentions. */
  answersIntentions: boolean;
  /** Responses it has not answered. */
  readonly unanswered: readonly Answerable[];
  /** How many responses it was sent. */
  readonly sent: number;
  /** Answers what it has not answered, and all that comes from now on. */
  catchUp(): void;
  /** Resolves when it has taken a first response of each type it asks for. */
  readonly ready: Promise<void>;
}

interface Answerable {
  readonly typeUrl: string;
  readonly nonce: string;
}

const prefix = 'type.googleapis.com/envoy.config';
const cluster = `${prefix}.cluster.v3.Cluster`;
const listener = `${prefix}.listener.v3.Listener`;
const extension = `${prefix}.core.v3.TypedExtensionConfig`;

/** Connects a proxy that asks for its clusters, listeners and intentions over delta xDS, written by hand. */
export function fakeProxy(port: number, id: string): FakeProxy {
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  const stream = session.request({
    ':method': 'POST',
    ':path': deltaPath,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => undefined);
  const ready = Promise.withResolvers<void>();
  const heard = new Set<string>();
  const unanswered: Answerable[] = [];
  let sent = 0;
  const answer = ({ typeUrl, nonce }: Answerable): void => {
    stream.write(grpcMessage(field(2, typeUrl), field(6, nonce)));
  };
  const proxy: FakeProxy = {
    answersIntentions: true,
    unanswered,
    get sent() {
      return sent;
    },
    ready: ready.promise,
    catchUp() {
      proxy.answersIntentions = true;
      for (const response of unanswered.splice(0)) answer(response);
    },
    [Symbol.dispose]: () => session.destroy(),
  };
  let rest: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    const read = messages(Buffer.concat([rest, chunk]));
    rest = read.rest;
    for (const message of read.whole) {
      const response = responseOf(message);
      heard.add(response.typeUrl);
      sent += 1;
      if (response.typeUrl === extension && !proxy.answersIntentions) unanswered.push(response);
      else answer(response);
      if (heard.size === 3) ready.resolve();
    }
  });
  stream.write(grpcMessage(field(1, field(1, id)), field(2, cluster)));
  stream.write(grpcMessage(field(2, listener)));
  stream.write(grpcMessage(field(2, extension), field(3, 'envoy.filters.network.rbac')));
  return proxy;
}

function messages(bytes: Buffer): { readonly whole: readonly Buffer[]; readonly rest: Buffer } {
  const whole: Buffer[] = [];
  let at = 0;
  while (bytes.length >= at + 5) {
    const end = at + 5 + bytes.readUInt32BE(at + 1);
    if (bytes.length < end) break;
    whole.push(bytes.subarray(at + 5, end));
    at = end;
  }
  return { whole, rest: bytes.subarray(at) };
}

/** A DeltaDiscoveryResponse, of which only the type (4) and the nonce (5) are of interest: all of its fields have a length. */
function responseOf(message: Buffer): Answerable {
  const texts = new Map<number, string>();
  for (let at = 0; at < message.length; ) {
    const number = (message[at] ?? 0) >> 3;
    const length = varint(message, at + 1);
    const begin = length.end;
    if (number === 4 || number === 5) {
      texts.set(number, message.toString('utf8', begin, begin + length.value));
    }
    at = begin + length.value;
  }
  return { typeUrl: texts.get(4) ?? '', nonce: texts.get(5) ?? '' };
}

function varint(bytes: Buffer, from: number): { readonly value: number; readonly end: number } {
  let [value, at, shift] = [0, from, 0];
  for (;;) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    at += 1;
    shift += 7;
    if (byte < 0x80) return { value, end: at };
  }
}
