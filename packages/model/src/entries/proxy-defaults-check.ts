import type { EntryKind } from './entry-kind.ts';
import { checkExtensions } from './envoy-extension.ts';
import { checkMutualTls } from './mesh-settings.ts';
import { inside, listing, type Tell } from './problem.ts';
import { type AccessLogs, type ProxyDefaults, proxyDefaults } from './proxy-defaults.ts';
import { checkLocality, type FailoverPolicy } from './resolver-policies.ts';

/** All that is known of `proxy-defaults`. */
export const proxyDefaultsKind: EntryKind<ProxyDefaults> = {
  codec: proxyDefaults,
  settled: (entry) => ({ ...entry, name: entry.name || 'global' }),
  check: (entry, tell) => {
    if (entry.name !== 'global') {
      const words = `invalid name (${JSON.stringify(entry.name)}), only "global" is supported`;
      tell(['name'], words);
    }
    checkMutualTls(entry.mutualTlsMode, tell);
    checkAccessLogs(entry.accessLogs, inside(tell, 'accessLogs'));
    checkExtensions(entry.envoyExtensions, listing(tell));
    checkFailoverPolicy(entry.failoverPolicy, tell);
    checkLocality(entry.prioritizeByLocality, tell);
  },
};

function checkAccessLogs({ type, path, jsonFormat, textFormat }: AccessLogs, tell: Tell): void {
  if (type !== undefined && !['stdout', 'stderr', 'file'].includes(type)) {
    tell(['type'], `invalid access log type: ${type}`);
  }
  if (jsonFormat && textFormat) {
    tell(['textFormat'], 'cannot specify both access log JSONFormat and TextFormat');
  }
  if (path && type !== 'file') tell(['path'], 'path is only valid for file type access logs');
  if (type === 'file' && !path) {
    tell(['path'], 'path must be specified when using file type access logs');
  }
  if (jsonFormat && !textFormat && !isJson(jsonFormat)) {
    tell(['jsonFormat'], 'invalid access log json for JSON format: it is no JSON');
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function checkFailoverPolicy(policy: FailoverPolicy | undefined, tell: Tell): void {
  const mode = policy?.mode;
  if (mode === undefined || mode === 'sequential' || mode === 'order-by-locality') return;
  const rule = "Failover-policy mode must be one of '', 'sequential', or 'order-by-locality'";
  tell(['failoverPolicy', 'mode'], rule);
}
