import { create } from '@bufbuild/protobuf';
import type { Drain, Plan, ResourceChange } from '@chancery/plan';
import {
  type PlanResponse,
  PlanResponseSchema,
  type ResourceChange as ResourceChangeMessage,
  ResourceChangeSchema,
} from '../../gen/chancery/mesh/v1/changes_pb.ts';
import type { MeshApiDependencies } from '../dependencies.ts';
import { typeNameOf } from '../type-names.ts';
import { actionMessage, declaredMessages } from './declared-message.ts';
import { fieldMessage } from './field-message.ts';

/** So many pairs, and fields of resources, are told one by one: more reads nobody, and a change of everything has millions. */
const toldAtMost = 10_000;

/** A plan as a message: a resource that many proxies share stands in it once. */
export async function planMessage(
  plan: Plan,
  turn: MeshApiDependencies['turn'],
): Promise<PlanResponse> {
  const places = new Map<ResourceChange, number>();
  for (const resource of plan.proxies.flatMap(({ resources }) => resources)) {
    if (!places.has(resource)) places.set(resource, places.size);
  }
  return create(PlanResponseSchema, {
    revision: BigInt(plan.revision),
    digest: plan.digest,
    changes: await declaredMessages(plan.changes, turn),
    flips: plan.flips.slice(0, toldAtMost).map((flip) => ({ ...flip })),
    moreFlips: Math.max(0, plan.flips.length - toldAtMost),
    resources: resourceMessages(places.keys()),
    proxies: plan.proxies.map(({ proxyId, service, connected, resources }) => ({
      proxy: proxyId,
      service,
      connected,
      resources: resources.map((resource) => places.get(resource) ?? 0),
    })),
    proxiesConsidered: plan.proxiesConsidered,
    warnings: [...plan.warnings],
  });
}

function resourceMessages(resources: Iterable<ResourceChange>): ResourceChangeMessage[] {
  let left = toldAtMost;
  return Array.from(resources, (resource) => {
    const message = resourceMessage(resource, left);
    left -= message.fields.length;
    return message;
  });
}

function resourceMessage(resource: ResourceChange, most: number): ResourceChangeMessage {
  const { name, action, fields, versionBefore = '', versionAfter = '', drain } = resource;
  return create(ResourceChangeSchema, {
    type: typeNameOf(resource.typeUrl),
    name,
    action: actionMessage(action),
    fields: fields.slice(0, most).map(fieldMessage),
    moreFields: Math.max(0, fields.length - most),
    versionBefore,
    versionAfter,
    drains: drain.kind !== 'nothing',
    drainedChains: chainsOf(drain),
  });
}

function chainsOf(drain: Drain): string[] {
  return drain.kind === 'chains' ? [...drain.chains] : [];
}
