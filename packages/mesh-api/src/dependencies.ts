import type { Right } from '@chancery/model';
import type { Principal } from '@chancery/store';
import type { ChangeSource } from './changes/change-source.ts';
import type { IntentionSource } from './intentions/intention-source.ts';
import type { ProxySource } from './proxies/proxy-source.ts';
import type { ServedRequest } from './serving/exchange.ts';
import type { StatusSource } from './status/status-source.ts';

/** Why a request is not answered at all. */
export interface RequestRefusal {
  readonly status: number;
  readonly message: string;
}

/** Everything the RPCs are made of. A service whose source is missing answers that it is not served here. */
export interface MeshApiDependencies {
  /** Who calls, by the headers of the call. */
  readonly principal: (headers: Headers) => Principal | Promise<Principal>;
  /** Whether a principal may do what an RPC needs; asked before anything of the request is read. */
  readonly authorise: (principal: Principal, right: Right) => boolean;
  /** Keeps requests out by what they are sent with and where they come from; asked before anything else. */
  readonly refusal?: (request: ServedRequest) => RequestRefusal | undefined;
  readonly proxies?: ProxySource;
  readonly intentions?: IntentionSource;
  readonly changes?: ChangeSource;
  readonly status?: StatusSource;
  /** The present revision of the state. */
  readonly revision: () => number;
  /** Resolves when a call may have the thread: where many come at once, others have their turn between any two. */
  readonly turn?: () => Promise<void>;
  readonly log: (level: 'warn' | 'error', message: string, about?: object) => void;
  /** Aborts when the agent begins to stop: what is open is ended, and told so. */
  readonly stopping?: AbortSignal;
  readonly limits?: Partial<MeshApiLimits>;
}

/** Bounds on what clients can make the agent hold. Times are milliseconds. */
export interface MeshApiLimits {
  /** A message larger than this is refused (4 MiB). */
  readonly maxMessageBytes: number;
  /**
   * The message of a call that carries a whole change may be as large as this (16 MiB): some 20,000 intentions, which
   * keep the thread for 0.3 s to be read.
   */
  readonly maxChangeBytes: number;
  /** More calls than this are not carried out at once (1,000). */
  readonly maxCalls: number;
  /** A request that has not come whole after this long is cut off (60,000). */
  readonly requestMs: number;
  /** A client that does not take what was sent to it for this long is cut off (30,000). */
  readonly stallMs: number;
}
