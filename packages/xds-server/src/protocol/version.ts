import { typeUrls } from '@chancery/envoy-api';
import type { Resource } from '../resource.ts';
import { indexOf, type StreamState } from './stream-state.ts';

const SEPARATOR = '@';

/**
 * Endpoints are served under a version that also names the cluster they were sent after. Envoy waits for the
 * endpoints of a cluster that was changed even if it has them; when a stream breaks between the two, the
 * version that Envoy brings to the next stream shows that they are still owed. Measured with Envoy 1.40:
 * without this, such a cluster stays in warming until its 15 s timeout.
 *
 * A client that asks for endpoints before it asks for clusters, as a reconnecting Envoy may, is taken to have
 * the cluster that it should have.
 */
export function versioned(state: StreamState, resource: Resource): Resource {
  if (resource.typeUrl !== typeUrls.endpoints) return resource;
  const told = state.types.get(typeUrls.cluster)?.told.get(resource.name);
  const cluster = told ?? indexOf(state, typeUrls.cluster).resources.get(resource.name);
  if (cluster === undefined || cluster.hash === '') return resource;
  return { ...resource, hash: `${resource.hash}${SEPARATOR}${cluster.hash}` };
}

/** The part of a version that stands for the content. */
export function contentHash(version: string): string {
  const at = version.indexOf(SEPARATOR);
  return at < 0 ? version : version.slice(0, at);
}
