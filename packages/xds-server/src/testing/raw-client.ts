import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import {
  DeltaDiscoveryRequestSchema,
  type DeltaDiscoveryResponse,
  DeltaDiscoveryResponseSchema,
} from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import { FrameReader, frame } from '../grpc/frame.ts';

/** How a call ended. */
export interface CallEnd {
  readonly httpStatus: number | undefined;
  readonly status: string | undefined;
  readonly message: string | undefined;
  readonly reset: number | undefined;
}

const service = '/envoy.service.discovery.v3.AggregatedDiscoveryService';

/** A delta client that shows the bytes and can misbehave, which a real library would not. */
export class RawClient implements Disposable {
  readonly session: ClientHttp2Session;
  readonly stream: ClientHttp2Stream;
  readonly responses: DeltaDiscoveryResponse[] = [];
  readonly ended: Promise<CallEnd>;
  /** Answer each response with an acknowledgement. */
  acknowledges = true;
  /** What a response is rejected with in place of that, by the version of one of its resources. */
  complaint: (version: string) => string | undefined = () => undefined;
  #waiting: (() => void)[] = [];

  constructor(
    port: number,
    headers: Record<string, string> = {},
    session: ClientHttp2Session = connect(`http://127.0.0.1:${port}`),
  ) {
    this.session = session;
    this.session.on('error', () => {});
    this.stream = this.session.request({
      ':method': 'POST',
      ':path': `${service}/DeltaAggregatedResources`,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    this.stream.on('error', () => {});
    this.ended = this.#watchEnd();
    const reader = new FrameReader(1 << 30, '');
    this.stream.on('data', (chunk: Buffer) => {
      const unframed = reader.read(chunk);
      for (const bytes of unframed.kind === 'messages' ? unframed.messages : []) {
        this.#received(fromBinary(DeltaDiscoveryResponseSchema, bytes));
      }
    });
  }

  send(request: MessageInitShape<typeof DeltaDiscoveryRequestSchema>): void {
    const message = create(DeltaDiscoveryRequestSchema, request);
    this.write(frame([toBinary(DeltaDiscoveryRequestSchema, message)]));
  }

  write(bytes: Uint8Array): void {
    if (!this.stream.destroyed) this.stream.write(bytes);
  }

  /** The response with this number, as soon as it is there. */
  async response(number: number): Promise<DeltaDiscoveryResponse> {
    for (;;) {
      const found = this.responses[number];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  [Symbol.dispose](): void {
    this.session.destroy();
  }

  #received(response: DeltaDiscoveryResponse): void {
    this.responses.push(response);
    if (this.acknowledges) this.#answer(response);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #answer({ typeUrl, nonce: responseNonce, resources }: DeltaDiscoveryResponse): void {
    const message = resources
      .map(({ version }) => this.complaint(version))
      .find((complaint) => complaint !== undefined);
    this.send({ typeUrl, responseNonce, ...(message && { errorDetail: { message } }) });
  }

  #watchEnd(): Promise<CallEnd> {
    return new Promise((resolve) => {
      let end: CallEnd = {
        httpStatus: undefined,
        status: undefined,
        message: undefined,
        reset: undefined,
      };
      const read = (headers: Record<string, unknown>): void => {
        const status = headers['grpc-status'];
        if (headers[':status'] !== undefined)
          end = { ...end, httpStatus: Number(headers[':status']) };
        if (status === undefined) return;
        const message = headers['grpc-message'];
        end = {
          ...end,
          status: String(status),
          message: message === undefined ? undefined : decodeURIComponent(String(message)),
        };
      };
      this.stream.on('response', read);
      this.stream.on('trailers', read);
      this.stream.on('close', () => resolve({ ...end, reset: this.stream.rstCode }));
    });
  }
}
