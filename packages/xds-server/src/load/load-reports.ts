import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import type { ClusterStats } from '@chancery/envoy-api/envoy/config/endpoint/v3/load_report';
import {
  type LoadStatsRequest,
  LoadStatsRequestSchema,
  LoadStatsResponseSchema,
} from '@chancery/envoy-api/envoy/service/load_stats/v3/lrs';
import { acceptCall } from '../grpc/accept-call.ts';
import type { Call } from '../grpc/call.ts';
import { frame } from '../grpc/frame.ts';
import type { Route } from '../grpc/http2-shell.ts';
import { defaultLimits } from '../server-options.ts';

/** What a proxy began to one of its clusters since it reported last. */
export interface LoadReport {
  /** The `node.id` of the Envoy. */
  readonly proxyId: string;
  readonly cluster: string;
  /** Requests; of a TCP cluster, connections. */
  readonly issued: number;
}

/** How load reports are taken. */
export interface LoadReportsOptions {
  readonly onReport: (report: LoadReport) => void;
  /** How often proxies are asked to report, in milliseconds (10,000). */
  readonly everyMs?: number;
}

/** Takes the load reports of Envoys (LRS) beside an xDS server: `route` is one of its `routes`. Disposing of it ends the calls. */
export interface LoadReports extends Disposable {
  readonly route: Route;
  /** Proxies that report at present. */
  readonly open: number;
}

const path = '/envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats';

/** What takes load reports. */
export function createLoadReports({ onReport, everyMs = 10_000 }: LoadReportsOptions): LoadReports {
  const calls = new Set<Call>();
  const wanted = wantedReports(everyMs);
  return {
    route: (stream, headers) => {
      if (headers[':path'] !== path) return false;
      accept(stream, headers, { calls, wanted, onReport });
      return true;
    },
    get open() {
      return calls.size;
    },
    [Symbol.dispose]: () => {
      for (const call of calls) {
        call.close({ code: 'UNAVAILABLE', message: 'the server is shutting down' });
      }
    },
  };
}

/** Every cluster, not by endpoint: a message of a few bytes while nothing happens. */
function wantedReports(everyMs: number): Uint8Array {
  const loadReportingInterval = durationFromMs(everyMs);
  const response = { sendAllClusters: true, loadReportingInterval };
  const schema = LoadStatsResponseSchema;
  return frame([toBinary(schema, create(schema, response))]);
}

interface Taking extends Pick<LoadReportsOptions, 'onReport'> {
  readonly calls: Set<Call>;
  readonly wanted: Uint8Array;
}

function accept(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { calls, wanted, onReport }: Taking,
): void {
  let proxyId: string | undefined;
  const take = (report: LoadStatsRequest): void => {
    // Who reports is said once, in the first message, and answered with what to report.
    if (proxyId === undefined) call?.write(wanted);
    proxyId ??= report.node?.id ?? '';
    for (const stats of report.clusterStats) {
      onReport({ proxyId, cluster: stats.clusterName, issued: issuedTo(stats) });
    }
  };
  const call = acceptCall(stream, headers, defaultLimits.maxMessageBytes, {
    onMessages: (messages) => {
      for (const message of messages) {
        const report = decoded(message);
        if (report !== undefined) take(report);
        else call?.close({ code: 'INVALID_ARGUMENT', message: 'this is no LoadStatsRequest' });
      }
    },
    onFlushed: () => {},
    onClosed: () => {
      if (call !== undefined) calls.delete(call);
    },
  });
  if (call !== undefined) calls.add(call);
}

function issuedTo({ upstreamLocalityStats }: ClusterStats): number {
  return upstreamLocalityStats.reduce(
    (sum, { totalIssuedRequests }) => sum + Number(totalIssuedRequests),
    0,
  );
}

function decoded(message: Uint8Array): LoadStatsRequest | undefined {
  try {
    return fromBinary(LoadStatsRequestSchema, message);
  } catch {
    return undefined;
  }
}
