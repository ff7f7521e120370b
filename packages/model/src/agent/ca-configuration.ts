import { type Block, blockOf, defined, type Field, field, ignored } from '../block.ts';
import type { Decoded, Issue } from '../decoded.ts';
import { flag, text } from '../primitives.ts';
import { decoded, report, rootScope } from '../scope.ts';
import type { CaConfig } from './agent-config.ts';
import { type CaValues, caFields } from './ca-keys.ts';

/** A configuration of the authority as it arrives over HTTP. */
export interface CaConfiguration {
  readonly settings: Omit<CaConfig, 'root'>;
  /** PEM: with `rootCert` the key of it; alone, the key of a root to be made. */
  readonly privateKey?: string;
  /** PEM. */
  readonly rootCert?: string;
  /** Has a new root sign at once, whether or not every proxy trusts it yet. */
  readonly force: boolean;
}

/** The configuration or every mistake of it; and what has no effect. */
export type DecodedCaConfiguration = Decoded<CaConfiguration> & {
  readonly warnings: readonly Issue[];
};

interface BodyValues {
  readonly provider: string;
  readonly config: Block<CaValues>;
  readonly forceWithoutCrossSigning: boolean;
}

const hourMs = 3_600_000;

const body = blockOf<BodyValues>({
  provider: field(text),
  config: field(
    blockOf<CaValues>(caFields as { readonly [K in keyof CaValues]: Field<CaValues[K]> }),
  ),
  forceWithoutCrossSigning: field(flag),
  ...ignored('it is told, not set', 'state', 'createIndex', 'modifyIndex'),
});

/** Reads the body of `PUT /v1/connect/ca/configuration`. What it leaves out is as in a new authority, as in Consul. */
export function decodeCaConfiguration(value: unknown): DecodedCaConfiguration {
  const scope = rootScope('http');
  const block = body(value, scope);
  const found = block && configurationOf(block);
  const { warnings } = scope;
  return {
    ...decoded(scope, found),
    warnings: warnings.filter(({ path }) => path[0] === 'Config'),
  };
}

function configurationOf(block: Block<BodyValues>): CaConfiguration {
  const { provider = '', config, forceWithoutCrossSigning: force = false } = block.values;
  if (provider !== 'consul') {
    report(
      block.at('provider'),
      `unknown CA provider "${provider}": the agent signs itself, say "consul"`,
    );
  }
  const values: Partial<Block<CaValues>['values']> = config?.values ?? {};
  const { privateKey, rootCert, leafCertTtl, rootCertTtl } = values;
  if (config !== undefined && rootCert !== undefined && privateKey === undefined) {
    report(config.scope, 'RootCert is given without PrivateKey: a root is both');
  }
  const settings = {
    leafCertTtlMs: leafCertTtl ?? 72 * hourMs,
    rootCertTtlMs: rootCertTtl ?? 87_600 * hourMs,
  };
  return { settings, force, ...defined({ privateKey, rootCert }) };
}
