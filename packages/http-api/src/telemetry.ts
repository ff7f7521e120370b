/** A request that is over, for whoever counts them. */
export interface AnsweredRequest {
  readonly method: string;
  /** The path of its route as the table has it; none where the table has no such route. */
  readonly route: string | undefined;
  /** What was asked for, without its query: written by the client, so not for a metric. */
  readonly path: string;
  /** None when the client left before its answer began. */
  readonly status: number | undefined;
  readonly ms: number;
}

/** What the agent measures, as the API shows it. */
export interface ApiMetrics {
  /** The last interval in Consul's shape. */
  readonly json: () => object;
  /** Prometheus' text; none where the configuration turns it off. */
  readonly prometheus: () => Promise<string> | undefined;
  /** Each interval in Consul's shape when it is over. */
  readonly stream: (gone: AbortSignal) => AsyncIterable<object>;
}

/** The levels of a log that can be followed, the most talkative first. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;

/** One level of a log; what is less important is left out. */
export type LogLevel = (typeof logLevels)[number];

/** Follows the agent's log from now on, line by line. The agent's own log stays as it is. */
export type Monitor = (
  view: { readonly level: LogLevel; readonly json: boolean },
  gone: AbortSignal,
) => AsyncIterable<string>;
