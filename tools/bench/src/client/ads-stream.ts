import { connect } from 'node:http2';
import { FrameReader, framed } from './frame.ts';

/** One delta ADS stream on a connection of its own, as an Envoy has it. */
export interface AdsStream {
  /** Sends an encoded request. */
  send(request: Uint8Array): void;
  close(): void;
}

/** What becomes of a stream. `onEnd` is called once, with what the server or the network said. */
export interface AdsListener {
  readonly onMessage: (message: Uint8Array) => void;
  readonly onEnd: (reason: string) => void;
}

const path = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';

/** Opens a stream to a server on the loopback address. */
export function openAdsStream(port: number, listener: AdsListener): AdsStream {
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  const reader = new FrameReader();
  let ended = false;
  const end = (reason: string): void => {
    if (ended) return;
    ended = true;
    session.destroy();
    listener.onEnd(reason);
  };
  session.on('error', ({ message }: Error) => end(message));
  stream.on('error', ({ message }: Error) => end(message));
  stream.on('data', (chunk: Buffer) => {
    for (const message of reader.take(chunk)) if (!ended) listener.onMessage(message);
  });
  const onStatus = (headers: Readonly<Record<string, unknown>>): void => {
    const { 'grpc-status': status, 'grpc-message': message } = headers;
    if (status !== undefined) end(`status ${status}: ${message ?? ''}`);
  };
  stream.on('response', onStatus);
  stream.on('trailers', onStatus);
  stream.on('close', () => end('the stream was closed'));
  return {
    send: (request) => stream.write(framed(request)),
    close: () => end('closed by this side'),
  };
}
