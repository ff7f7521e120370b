import { type Field, field } from '../block.ts';
import { formatPath } from '../format-issue.ts';
import { report } from '../scope.ts';
import type { Codec } from './codec.ts';
import { shape } from './shape.ts';

/** What tokens requests must carry: a community Consul understands the block and takes nothing in it. */
export type GatewayJwt = Readonly<Record<never, never>>;

const enterprise: Field<unknown> = field<unknown>((_value, scope) => {
  const words = `invalid config key "${formatPath(scope.wirePath)}", api-gateway jwt validation is a consul enterprise feature`;
  return report(scope, 'gateways do not check tokens', {
    code: 'unsupported',
    key: String(scope.path.at(-1)),
    consul: { words, listed: true },
  });
});

/** Reads and prints the requirement of a token at a gateway. */
export const gatewayJwt: Codec<GatewayJwt> = shape<GatewayJwt>({}, { providers: enterprise });
