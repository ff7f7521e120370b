import type { DefaultAction } from './consul-agent.ts';
import type { ConsulCall } from './consul-api.ts';
import type { IntentionSet, Pair, PathPermission } from './intention-sets.ts';

/** What Consul answered while one set of intentions stood in it. */
export interface Recording {
  readonly set: string;
  readonly defaultAction: DefaultAction;
  readonly intentions: readonly Pair[];
  readonly decisions: readonly Decision[];
  /** The intentions of each destination in the order in which Consul tries them. */
  readonly matches: readonly { readonly destination: string; readonly rules: readonly Match[] }[];
}

/** Whether one pair of services may connect. */
export interface Decision {
  readonly source: string;
  readonly destination: string;
  readonly allowed: boolean;
}

/** An intention with its rank. */
export type Match = Pair & { readonly precedence: number };

const INTENTIONS = '/v1/connect/intentions';

/** Consul takes permissions only where a service speaks HTTP. */
const SPEAK_HTTP = { Kind: 'proxy-defaults', Name: 'global', Config: { protocol: 'http' } };

/** Puts each set into an empty Consul in turn, asks about every pair of its names, and takes it out again. */
export async function recordDecisions(
  call: ConsulCall,
  defaultAction: DefaultAction,
  sets: readonly IntentionSet[],
): Promise<readonly Recording[]> {
  const recordings: Recording[] = [];
  await call('PUT', '/v1/config', SPEAK_HTTP);
  for (const each of sets) recordings.push(await recordSet(call, defaultAction, each));
  return recordings;
}

async function recordSet(
  call: ConsulCall,
  defaultAction: DefaultAction,
  { name, intentions, sources, destinations }: IntentionSet,
): Promise<Recording> {
  for (const pair of intentions) await call('PUT', exact(pair), body(pair));
  const decisions: Decision[] = [];
  const matches: Recording['matches'][number][] = [];
  for (const destination of destinations) {
    for (const source of sources) decisions.push(await askCheck(call, source, destination));
    matches.push({ destination, rules: await askMatch(call, destination) });
  }
  for (const pair of intentions) await call('DELETE', exact(pair));
  return { set: name, defaultAction, intentions, decisions, matches };
}

async function askCheck(call: ConsulCall, source: string, destination: string): Promise<Decision> {
  const query = new URLSearchParams({ source, destination });
  const answer = (await call('GET', `${INTENTIONS}/check?${query}`)) as { Allowed: boolean };
  return { source, destination, allowed: answer.Allowed };
}

interface ConsulPermission {
  readonly Action: DefaultAction;
  readonly HTTP: { readonly PathPrefix: string };
}

interface ConsulIntention {
  readonly SourceName: string;
  readonly DestinationName: string;
  readonly Action?: DefaultAction;
  readonly Permissions?: readonly ConsulPermission[];
  readonly Precedence: number;
}

async function askMatch(call: ConsulCall, destination: string): Promise<readonly Match[]> {
  const query = new URLSearchParams({ by: 'destination', name: destination });
  const answer = (await call('GET', `${INTENTIONS}/match?${query}`)) as Record<
    string,
    readonly ConsulIntention[] | null
  >;
  return (answer[destination] ?? []).map((intention) => ({
    source: intention.SourceName,
    destination: intention.DestinationName,
    ...effect(intention),
    precedence: intention.Precedence,
  }));
}

function effect({
  Action: action = 'deny',
  Permissions: permissions,
}: ConsulIntention): { action: DefaultAction } | { permissions: readonly PathPermission[] } {
  if (permissions === undefined) return { action };
  return {
    permissions: permissions.map(({ Action, HTTP }) => ({
      action: Action,
      pathPrefix: HTTP.PathPrefix,
    })),
  };
}

function body({ action, permissions }: Pair): object {
  if (permissions === undefined) return { Action: action };
  return {
    Permissions: permissions.map(({ action: Action, pathPrefix }) => ({
      Action,
      HTTP: { PathPrefix: pathPrefix },
    })),
  };
}

function exact({ source, destination }: Pair): string {
  return `${INTENTIONS}/exact?${new URLSearchParams({ source, destination })}`;
}
