import type { JsonObject } from '../proxy.ts';
import { anything, bool, type Codec, words } from './codec.ts';
import { always, filled, shape } from './shape.ts';

/** An extension that changes what a proxy is sent. */
export interface EnvoyExtension {
  readonly name: string;
  readonly required: boolean;
  /** As it was declared: each extension has its own keys. */
  readonly arguments?: JsonObject;
  readonly consulVersion?: string;
  readonly envoyVersion?: string;
}

export const envoyExtension: Codec<EnvoyExtension> = shape<EnvoyExtension>({
  name: always(words, ''),
  required: always(bool, false),
  arguments: filled(anything, { blank: null }),
  consulVersion: filled(words, { blank: '' }),
  envoyVersion: filled(words, { blank: '' }),
});
