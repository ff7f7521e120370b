import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import type { ClusterStats } from '@chancery/envoy-api/envoy/config/endpoint/v3/load_report';
import {
  type LoadStatsRequest,
  LoadStatsRequestSchema,
  LoadStatsResponseSchema,
} from '@chancery/envoy-api/envoy/service/load_stats/v3/lrs';
import type { Call } from '../grpc/call.ts';
import { frame } from '../grpc/frame.ts';
import type { LoadReport } from './load-report.ts';

/** How often a proxy reports, in milliseconds. */
export interface ReportPace {
  readonly everyMs: number;
  /** At first, for some reports: Envoy counts nothing of a cluster before the report after which it came. */
  readonly atFirstMs: number;
}

/** So many reports come at the quick pace. */
const quickReports = 10;

/** One proxy that reports. */
export class LoadCall {
  readonly #call: Pick<Call, 'write' | 'close'>;
  readonly #pace: ReportPace;
  readonly #onReport: (report: LoadReport) => void;
  #proxyId: string | undefined;
  #quickLeft = 0;

  constructor(
    call: Pick<Call, 'write' | 'close'>,
    pace: ReportPace,
    onReport: (report: LoadReport) => void,
  ) {
    this.#call = call;
    this.#pace = pace;
    this.#onReport = onReport;
  }

  /** Who reports; not known before the first message. */
  get proxyId(): string | undefined {
    return this.#proxyId;
  }

  /** Takes a message of the proxy. One that is none ends the call. */
  take(message: Uint8Array): void {
    const report = decoded(message);
    if (report === undefined) {
      this.#call.close({ code: 'INVALID_ARGUMENT', message: 'this is no LoadStatsRequest' });
    } else if (this.#proxyId === undefined) {
      // Who reports is said once, in the first message.
      this.#proxyId = report.node?.id ?? '';
      this.hurry();
    } else {
      this.#tell(this.#proxyId, report);
    }
  }

  /** Has it report often for a while, because it has new clusters. */
  hurry(): void {
    if (this.#proxyId === undefined) return;
    this.#quickLeft = quickReports;
    this.#ask(this.#pace.atFirstMs);
  }

  #tell(proxyId: string, { clusterStats }: LoadStatsRequest): void {
    for (const stats of clusterStats) {
      this.#onReport({ proxyId, cluster: stats.clusterName, issued: issuedTo(stats) });
    }
    if (this.#quickLeft === 0) return;
    this.#quickLeft -= 1;
    if (this.#quickLeft === 0) this.#ask(this.#pace.everyMs);
  }

  /** Every cluster, but not by endpoint: a message of a few bytes while nothing happens. */
  #ask(everyMs: number): void {
    const loadReportingInterval = durationFromMs(everyMs);
    const response = { sendAllClusters: true, loadReportingInterval };
    const schema = LoadStatsResponseSchema;
    this.#call.write(frame([toBinary(schema, create(schema, response))]));
  }
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
