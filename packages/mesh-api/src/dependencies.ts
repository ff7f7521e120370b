import type { Principal } from '@chancery/store';
import type { ChangeSource } from './changes/change-source.ts';
import type { IntentionSource } from './intentions/intention-source.ts';
import type { ProxySource } from './proxies/proxy-source.ts';
import type { StatusSource } from './status/status-source.ts';

/** Everything the RPCs are made of. A service whose source is missing answers that it is not served here. */
export interface MeshApiDependencies {
  /** Who calls, by the headers of the call. */
  readonly principal: (headers: Headers) => Principal | Promise<Principal>;
  readonly proxies?: ProxySource;
  readonly intentions?: IntentionSource;
  readonly changes?: ChangeSource;
  readonly status?: StatusSource;
  /** The present revision of the state. */
  readonly revision: () => number;
  readonly log: (level: 'warn' | 'error', message: string, about?: object) => void;
}
