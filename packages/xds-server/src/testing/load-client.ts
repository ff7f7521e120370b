import { type ClientHttp2Stream, connect } from 'node:http2';
import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { durationMs } from '@bufbuild/protobuf/wkt';
import {
  LoadStatsRequestSchema,
  LoadStatsResponseSchema,
} from '@chancery/envoy-api/envoy/service/load_stats/v3/lrs';
import { FrameReader, frame } from '../grpc/frame.ts';

/** An Envoy's side of load reports, for tests. */
export class LoadClient implements Disposable {
  /** How often it was told to report, in milliseconds, each time. */
  readonly intervals: number[] = [];
  /** The status of the call, once it has ended. */
  readonly ended: Promise<string | undefined>;
  readonly #stream: ClientHttp2Stream;

  constructor(port: number) {
    const session = connect(`http://127.0.0.1:${port}`);
    session.on('error', () => {});
    this.#stream = session.request({
      ':method': 'POST',
      ':path': '/envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    this.#stream.on('error', () => {});
    const reader = new FrameReader(1 << 20, '');
    this.#stream.on('data', (chunk: Buffer) => {
      const unframed = reader.read(chunk);
      for (const bytes of unframed.kind === 'messages' ? unframed.messages : []) {
        const { loadReportingInterval } = fromBinary(LoadStatsResponseSchema, bytes);
        if (loadReportingInterval) this.intervals.push(durationMs(loadReportingInterval));
      }
    });
    let status: string | undefined;
    this.#stream.on('trailers', (trailers) => {
      status = String(trailers['grpc-status']);
    });
    this.ended = new Promise((resolve) => {
      this.#stream.on('close', () => {
        session.destroy();
        resolve(status);
      });
    });
  }

  send(report: MessageInitShape<typeof LoadStatsRequestSchema>): void {
    this.write(toBinary(LoadStatsRequestSchema, create(LoadStatsRequestSchema, report)));
  }

  /** Reports so many connections to a cluster, from two places. */
  report(clusterName: string, issued: number): void {
    const places = [{ totalIssuedRequests: 1n }, { totalIssuedRequests: BigInt(issued - 1) }];
    this.send({ clusterStats: [{ clusterName, upstreamLocalityStats: places }] });
  }

  write(message: Uint8Array): void {
    this.#stream.write(frame([message]));
  }

  [Symbol.dispose](): void {
    this.#stream.destroy();
  }
}
