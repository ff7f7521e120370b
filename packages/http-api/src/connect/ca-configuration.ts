import { decodeCaConfiguration, formatDuration, formatIssue } from '@chancery/model';
import type { CaSettings } from '../certificate-authority.ts';
import type { HttpApiDependencies } from '../dependencies.ts';
import { indexes } from '../json/catalog-json.ts';
import { done, failure, json, type Reply } from '../reply.ts';
import { undecodable } from '../request/undecodable.ts';
import type { ApiRequest, Route } from '../route.ts';

/** How certificates are made, and which root makes them. */
export const caConfigurationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/connect/ca/configuration',
    right: 'operator:read',
    blocking: 'none',
    answer: ({ authority }) => json(shown(authority.settings())),
  },
  {
    method: 'PUT',
    path: '/v1/connect/ca/configuration',
    right: 'operator:write',
    blocking: 'none',
    answer: configure,
  },
];

/** Keys are never shown, and there are no intermediates whose life could be. */
function shown({ leafCertTtlMs, rootCertTtlMs, revisions }: CaSettings): object {
  return {
    Provider: 'consul',
    Config: { LeafCertTTL: wholeHours(leafCertTtlMs), RootCertTTL: wholeHours(rootCertTtlMs) },
    State: null,
    ForceWithoutCrossSigning: false,
    ...indexes(revisions),
  };
}

/** `72h`, as people write it, where the hours are whole. */
function wholeHours(ms: number): string {
  return formatDuration(ms).replace(/h0m0s$/, 'h');
}

async function configure(
  { authority }: HttpApiDependencies,
  { body, by }: ApiRequest,
): Promise<Reply> {
  const read = await body();
  if (!read.ok) return read.reply;
  const decoded = decodeCaConfiguration(read.value);
  if (!decoded.ok) return undecodable(decoded.issues);
  const configured = await authority.configure(decoded.value, by);
  if (!configured.ok) return failure(500, configured.message);
  const warnings = decoded.warnings.map((warning) => formatIssue(warning));
  return { ...done, revision: configured.revision, warnings };
}
