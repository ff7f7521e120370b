import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { acceptCall } from '../grpc/accept-call.ts';
import type { Route } from '../grpc/http2-shell.ts';
import type { Status } from '../grpc/status.ts';
import { LoadCall, type ReportPace } from './load-call.ts';
import type { LoadReport } from './load-report.ts';

/** How load reports are taken. */
export interface LoadReportsOptions extends Partial<ReportPace> {
  readonly onReport: (report: LoadReport) => void;
}

/** Takes the load reports of Envoys (LRS) beside an xDS server: `route` is one of its `routes`. Disposing of it ends the calls. */
export interface LoadReports extends Disposable {
  readonly route: Route;
  /** Has a proxy report often for a while, because it has new clusters. */
  readonly hurry: (proxyId: string) => void;
  /** Proxies that report at present. */
  readonly open: number;
}

const path = '/envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats';
/** Enough for the clusters of a large mesh, and soon read: whoever reaches the port may send reports. */
const maxReportBytes = 1024 * 1024;
const usualPace: ReportPace = { everyMs: 10_000, atFirstMs: 1000 };

/** What takes load reports: every 10 s unless it is told otherwise, every second at first. */
export function createLoadReports({ onReport, ...pace }: LoadReportsOptions): LoadReports {
  return new Reports({ ...usualPace, ...pace }, onReport);
}

class Reports implements LoadReports {
  readonly #pace: ReportPace;
  readonly #onReport: LoadReportsOptions['onReport'];
  readonly #calls = new Map<LoadCall, (status: Status) => void>();

  constructor(pace: ReportPace, onReport: LoadReportsOptions['onReport']) {
    this.#pace = pace;
    this.#onReport = onReport;
  }

  get open(): number {
    return this.#calls.size;
  }

  readonly route: Route = (stream, headers) => {
    if (headers[':path'] !== path) return false;
    this.#accept(stream, headers);
    return true;
  };

  hurry(proxyId: string): void {
    for (const call of this.#calls.keys()) if (call.proxyId === proxyId) call.hurry();
  }

  [Symbol.dispose](): void {
    for (const close of this.#calls.values()) {
      close({ code: 'UNAVAILABLE', message: 'the server is shutting down' });
    }
  }

  #accept(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    let taking: LoadCall | undefined;
    const call = acceptCall(stream, headers, maxReportBytes, {
      onMessages: (messages) => {
        for (const message of messages) taking?.take(message);
      },
      onFlushed: () => {},
      onClosed: () => {
        if (taking !== undefined) this.#calls.delete(taking);
      },
    });
    if (call === undefined) return;
    taking = new LoadCall(call, this.#pace, this.#onReport);
    this.#calls.set(taking, (status) => call.close(status));
  }
}
