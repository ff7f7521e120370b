/** What a process that asks over HTTP is told to do. */
export type Order =
  /** Asks again and again over so many connections, for so long. Each answer must hold a text. */
  | {
      readonly kind: 'load';
      readonly port: number;
      readonly path: string;
      readonly holds: string;
      readonly connections: number;
      readonly forMs: number;
    }
  /** Watches with so many blocking queries, each over a connection of its own. */
  | {
      readonly kind: 'watch';
      readonly port: number;
      readonly path: string;
      readonly watchers: number;
    }
  /** Tells when each watcher's next answer came; each must hold a text. */
  | { readonly kind: 'expect'; readonly text: string };

/** What it says. */
export type Report =
  /** How long each answer took, in milliseconds, and the processor time used for all. */
  | {
      readonly kind: 'loaded';
      readonly tookMs: readonly number[];
      readonly elapsedMs: number;
      readonly cpuMs: number;
    }
  /** All watchers have had a first answer and asked for what comes after it. */
  | { readonly kind: 'watching' }
  /** It looks out for the change. */
  | { readonly kind: 'armed' }
  /** When each watcher was told, in nanoseconds of the machine's monotonic clock. */
  | { readonly kind: 'told'; readonly at: readonly string[] };
