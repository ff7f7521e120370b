/** The verdict of a check, worst last. */
export type CheckStatus = 'passing' | 'warning' | 'critical';

/** A health check as declared, with its defaults filled in; times in milliseconds. */
export interface CheckDefinition {
  readonly checkId: string;
  readonly name: string;
  readonly notes: string;
  readonly initialStatus: CheckStatus;
  readonly probe: CheckProbe;
}

/** How a check finds its verdict. */
export type CheckProbe =
  | { readonly kind: 'ttl'; readonly ttlMs: number }
  | {
      readonly kind: 'tcp';
      readonly address: string;
      readonly intervalMs: number;
      readonly timeoutMs: number;
    }
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly method: string;
      readonly headers: Readonly<Record<string, readonly string[]>>;
      readonly body: string;
      readonly intervalMs: number;
      readonly timeoutMs: number;
    }
  | { readonly kind: 'alias'; readonly serviceId: string; readonly node?: string }
  /** Somebody else reports the verdict, over the catalog API. */
  | { readonly kind: 'reported' };
