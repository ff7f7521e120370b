import type { InstanceRow } from '@chancery/catalog';
import { serviceRef, serviceSpiffeId } from '@chancery/identity';
import type { View } from '@chancery/store';
import {
  type EnforcedRule,
  enforcedRule,
  intentionsFilter,
  type Resource,
} from '@chancery/xds-translator';
import { compiledProxy } from './compiled-proxy.ts';
import type { ExplainedMesh } from './explained-mesh.ts';
import type { EnforcingProxy, ResourceStanding } from './explanation.ts';

/** What the sidecars of a destination enforce for a source, read from what they are served: a step for each. */
export function* enforcingProxies(
  view: View,
  mesh: ExplainedMesh,
  sidecars: readonly InstanceRow[],
  source: string,
): Generator<undefined, readonly EnforcingProxy[]> {
  const { trustDomain, datacenter } = mesh.settings;
  const ruleOf = rememberedRules(serviceSpiffeId(trustDomain, serviceRef(source), datacenter));
  const found: EnforcingProxy[] = [];
  for (const row of sidecars) {
    if (row.service.proxy === undefined) continue;
    found.push(enforcingProxy(view, mesh, row, source, ruleOf));
    yield;
  }
  return found;
}

/** What a filter's configuration does with the source. */
type RuleOf = (resource: Resource) => EnforcedRule;

/** Many sidecars are served the same. */
function rememberedRules(spiffeId: string): RuleOf {
  const known = new Map<Resource, EnforcedRule>();
  return (resource) => {
    const rule = known.get(resource) ?? enforcedRule(resource, spiffeId);
    known.set(resource, rule);
    return rule;
  };
}

function enforcingProxy(
  view: View,
  mesh: ExplainedMesh,
  { node, service: { id } }: InstanceRow,
  source: string,
  ruleOf: RuleOf,
): EnforcingProxy {
  if (node !== mesh.settings.node)
    return unknown(id, `the agent of the node ${node} configures it`);
  const { compiled } = compiledProxy(view, mesh, id) ?? {};
  const resource = compiled?.resources.find(({ name }) => name === intentionsFilter);
  if (compiled === undefined || resource === undefined) {
    return unknown(id, 'its configuration cannot be read, so it is served nothing new');
  }
  const rule = ruleOf(resource);
  const failure = compiled.diagnostics.find(({ code }) => code === 'intentions-not-compiled');
  return {
    proxy: id,
    filter: intentionsFilter,
    clause: clauseOf(rule),
    effect: failure?.message ?? effectOf(rule, source),
    allowed: rule.allowed,
    logged: rule.logged ?? '',
    standing: mesh.standing(id, resource.typeUrl, resource.name),
  };
}

/** The rules of the filter with the one policy that the source meets. */
function clauseOf({ action, policy }: EnforcedRule): object | undefined {
  return policy && { action, policies: { [policy.name]: policy.json } };
}

function effectOf({ allowed, action, policy }: EnforcedRule, source: string): string {
  const does = `${allowed ? 'lets' : 'keeps'} ${source} ${allowed ? 'in' : 'out'}`;
  if (policy !== undefined) return `${does}: it meets the policy ${JSON.stringify(policy.name)}`;
  return `${does}: no policy ${action === 'DENY' ? 'denies' : 'allows'} it`;
}

function unknown(proxy: string, effect: string): EnforcingProxy {
  const standing: ResourceStanding = { state: 'not-subscribed', connected: false, detail: effect };
  const clause = undefined;
  return {
    proxy,
    filter: intentionsFilter,
    clause,
    effect,
    allowed: undefined,
    logged: '',
    standing,
  };
}
