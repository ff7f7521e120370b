import { create } from '@bufbuild/protobuf';
import type { Drain, Plan, ResourceChange } from '@chancery/plan';
import {
  type PlanResponse,
  PlanResponseSchema,
  type ResourceChange as ResourceChangeMessage,
  ResourceChangeSchema,
} from '../../gen/chancery/mesh/v1/changes_pb.ts';
import { typeNameOf } from '../type-names.ts';
import { actionMessage, declaredMessage } from './declared-message.ts';
import { fieldMessage } from './field-message.ts';

/** A plan as a message: a resource that many proxies share stands in it once. */
export function planMessage(plan: Plan): PlanResponse {
  const places = new Map<ResourceChange, number>();
  for (const resource of plan.proxies.flatMap(({ resources }) => resources)) {
    if (!places.has(resource)) places.set(resource, places.size);
  }
  return create(PlanResponseSchema, {
    revision: BigInt(plan.revision),
    digest: plan.digest,
    changes: plan.changes.map(declaredMessage),
    flips: plan.flips.map((flip) => ({ ...flip })),
    resources: [...places.keys()].map(resourceMessage),
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

function resourceMessage(resource: ResourceChange): ResourceChangeMessage {
  const { name, action, fields, versionBefore = '', versionAfter = '', drain } = resource;
  return create(ResourceChangeSchema, {
    type: typeNameOf(resource.typeUrl),
    name,
    action: actionMessage(action),
    fields: fields.map(fieldMessage),
    versionBefore,
    versionAfter,
    drains: drain.kind !== 'nothing',
    drainedChains: chainsOf(drain),
  });
}

function chainsOf(drain: Drain): string[] {
  return drain.kind === 'chains' ? [...drain.chains] : [];
}
