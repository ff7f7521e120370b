import { blockOf, defined, field, unsupported } from './block.ts';
import type { Decoded, Issue } from './decoded.ts';
import { type IntentionPermission, intentionPermission } from './entries/intention-permission.ts';
import { warnOfPermissions } from './entries/without-effect.ts';
import {
  description,
  intentionName,
  noPeers,
  readOnly,
  requireKeys,
  sourceType,
  tenancyFields,
} from './intention-fields.ts';
import { listOf, mapOf, text } from './primitives.ts';
import { type Casing, decoded, rootScope, type Scope } from './scope.ts';

/** A rule about one pair of services as it was asked for. */
export interface IntentionDeclaration {
  /** Absent in requests that name it in their address. */
  readonly id?: string;
  readonly source: string;
  readonly destination: string;
  /** Not looked at yet: which of `allow` and `deny` there must be depends on where it is put. */
  readonly action?: string;
  /** What is allowed or denied to requests, in place of an action. */
  readonly permissions?: readonly IntentionPermission[];
  readonly description?: string;
  readonly meta?: Readonly<Record<string, string>>;
}

interface IntentionValues {
  readonly id: string;
  readonly sourceName: string;
  readonly destinationName: string;
  readonly action: string;
  readonly permissions: readonly IntentionPermission[];
  readonly description: string;
  readonly meta: Readonly<Record<string, string>>;
}

const readIntention = blockOf<IntentionValues>({
  ...tenancyFields,
  ...unsupported(noPeers, 'sourcePeer', 'sourceSamenessGroup'),
  ...{ sourceType: field(sourceType), precedence: readOnly, hash: readOnly },
  ...{ createIndex: readOnly, modifyIndex: readOnly, createdAt: readOnly, updatedAt: readOnly },
  ...{ expiresAt: readOnly },
  ...{ defaultAddr: readOnly, defaultPort: readOnly, jwt: readOnly },
  id: field(text),
  sourceName: field(intentionName),
  destinationName: field(intentionName),
  action: field(text),
  permissions: field(listOf(intentionPermission.decode)),
  description: field(description),
  meta: field(mapOf(text)),
});

/** An intention, or its mistakes; and what it says and nobody carries out. */
export type DecodedIntention = Decoded<IntentionDeclaration> & {
  readonly warnings: readonly Issue[];
};

/** Reads the body of an intention. `pair` gives the names when the address of the request has them. */
export function decodeIntention(
  value: unknown,
  options: {
    readonly casing: Casing;
    readonly pair?: Pair;
  },
): DecodedIntention {
  const scope = rootScope(options.casing);
  return { ...decoded(scope, declaration(value, scope, options.pair)), warnings: scope.warnings };
}

interface Pair {
  readonly source: string;
  readonly destination: string;
}

function declaration(
  value: unknown,
  scope: Scope,
  pair: Pair | undefined,
): IntentionDeclaration | undefined {
  const block = readIntention(value, scope);
  if (block === undefined) return undefined;
  if (pair === undefined) requireKeys(block, 'sourceName', 'destinationName');
  const { values } = block;
  if (values.permissions?.length) warnOfPermissions(scope);
  return {
    source: pair?.source ?? values.sourceName ?? '',
    destination: pair?.destination ?? values.destinationName ?? '',
    ...defined({
      id: values.id || undefined,
      action: values.action || undefined,
      permissions: values.permissions?.length ? values.permissions : undefined,
      description: values.description || undefined,
      meta: values.meta,
    }),
  };
}
