import { connectEndpoints, type Endpoint } from '@chancery/catalog';
import { serviceKey, type Target } from '@chancery/identity';
import { defineQuery, type Query } from '@chancery/store';
import type { SnapshotSettings } from './settings.ts';
import type { TargetEndpoints } from './sidecar-snapshot.ts';

/** A target as the argument of a query. */
export function targetKey(target: Target): string {
  return JSON.stringify(target);
}

/** The endpoints of one target by `targetKey`: one object for every proxy that dials it. */
export function targetQuery({ datacenter }: SnapshotSettings): Query<string, TargetEndpoints> {
  return defineQuery<string, TargetEndpoints>({
    name: 'snapshot.target',
    evaluate: (view, key) => {
      const target = JSON.parse(key) as Target;
      const isHere = target.datacenter === datacenter;
      const endpoints = isHere ? view.query(connectEndpoints, serviceKey(target.service)) : NONE;
      return { target, endpoints };
    },
    equal: (one, other) => one.endpoints === other.endpoints,
  });
}

const NONE: readonly Endpoint[] = [];
