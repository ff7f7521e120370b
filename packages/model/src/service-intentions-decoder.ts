import { type Block, blockOf, defined, field, unsupported } from './block.ts';
import type { Decoded } from './decoded.ts';
import {
  action,
  description,
  intentionName,
  laterRules,
  noPeers,
  readOnly,
  requireKeys,
  sourceType,
  tenancyFields,
} from './intention-fields.ts';
import { listOf, mapOf, oneOf, text } from './primitives.ts';
import { type Casing, decoded, report, rootScope, within } from './scope.ts';

/** All intentions of one destination, as one entry. */
export interface ServiceIntentionsDeclaration {
  readonly kind: 'service-intentions';
  readonly name: string;
  readonly sources: readonly {
    readonly name: string;
    readonly action: 'allow' | 'deny';
    readonly description?: string;
  }[];
  readonly meta: Readonly<Record<string, string>>;
}

interface SourceValues {
  readonly name: string;
  readonly action: 'allow' | 'deny';
  readonly description: string;
}

interface EntryValues {
  readonly kind: 'service-intentions';
  readonly name: string;
  readonly sources: readonly Block<SourceValues>[];
  readonly meta: Readonly<Record<string, string>>;
}

const readSource = blockOf<SourceValues>({
  ...tenancyFields,
  ...unsupported(laterRules, 'permissions'),
  ...unsupported(noPeers, 'peer', 'samenessGroup'),
  ...unsupported('only the older intentions API sets it', 'legacyId', 'legacyMeta'),
  ...unsupported('only the older intentions API sets it', 'legacyCreateTime', 'legacyUpdateTime'),
  ...{ type: field(sourceType), precedence: readOnly },
  name: field(intentionName),
  action: field(action),
  description: field(description),
});

const readEntry = blockOf<EntryValues>({
  ...tenancyFields,
  ...unsupported(laterRules, 'jwt'),
  ...{ createIndex: readOnly, modifyIndex: readOnly, hash: readOnly },
  kind: field(oneOf('service-intentions')),
  name: field(intentionName),
  sources: field(listOf(readSource)),
  meta: field(mapOf(text)),
});

/** Reads a `service-intentions` entry. A source that stands twice is refused in Consul's words. */
export function decodeServiceIntentions(
  value: unknown,
  options: { readonly casing: Casing },
): Decoded<ServiceIntentionsDeclaration> {
  const scope = rootScope(options.casing);
  const block = readEntry(value, scope);
  if (block === undefined) return decoded<ServiceIntentionsDeclaration>(scope, undefined);
  requireKeys(block, 'kind', 'name');
  const blocks = block.values.sources ?? [];
  if (blocks.length === 0) report(block.at('sources'), 'at least one source is required');
  for (const source of blocks) requireKeys(source, 'name', 'action');
  refuseSameSources(block, blocks);
  return decoded(scope, {
    kind: 'service-intentions',
    name: block.values.name ?? '',
    sources: blocks.map(({ values }) => ({
      name: values.name ?? '',
      action: values.action ?? 'deny',
      ...defined({ description: values.description || undefined }),
    })),
    meta: block.values.meta ?? {},
  });
}

function refuseSameSources(
  entry: Block<EntryValues>,
  blocks: readonly Block<SourceValues>[],
): void {
  const seen = new Set<string>();
  for (const [index, { values }] of blocks.entries()) {
    if (!values.name) continue;
    if (seen.has(values.name)) {
      const message = `Sources[${index}] defines "${values.name}" more than once`;
      report(within(entry.at('sources'), index), message, { code: 'duplicate' });
    }
    seen.add(values.name);
  }
}
