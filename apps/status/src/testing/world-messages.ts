import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  type WatchMatrixRequest,
  type WatchMatrixResponse,
  WatchMatrixResponseSchema,
  type WatchResponse,
  WatchResponseSchema,
} from '@chancery/mesh-api/v1/status';
import type { World } from './world.ts';

type Part = NonNullable<MessageInitShape<typeof WatchResponseSchema>['part']>;

/** One message of a stream. */
export function message(
  part: Part,
  { now, revision = 42n }: { now: number; revision?: bigint },
): WatchResponse {
  return create(WatchResponseSchema, { revision, at: timestampFromMs(now), part });
}

/** The present state of a made-up mesh, in the parts that an agent sends. */
export function worldMessages(world: World): readonly WatchResponse[] {
  const at = { now: world.now };
  return [
    message({ case: 'overview', value: world.overview }, at),
    message({ case: 'proxies', value: { changed: [...world.proxies] } }, at),
    message({ case: 'services', value: { changed: [...world.services] } }, at),
    message({ case: 'intentions', value: { changed: [...world.intentions] } }, at),
    message({ case: 'certificates', value: { changed: [...world.certificates] } }, at),
    message({ case: 'history', value: { items: [...world.history] } }, at),
    message({ case: 'complete', value: {} }, at),
  ];
}

/** The pairs that were asked for: what the intentions of the world make of them. */
export function worldMatrix(
  world: World,
  { sources, destinations }: WatchMatrixRequest,
): WatchMatrixResponse {
  return create(WatchMatrixResponseSchema, {
    revision: 42n,
    sources,
    destinations,
    cells: sources.flatMap((source) =>
      destinations.map((destination) => cell(world, source, destination)),
    ),
  });
}

function cell(
  world: World,
  source: string,
  destination: string,
): NonNullable<MessageInitShape<typeof WatchMatrixResponseSchema>['cells']>[number] {
  const rule =
    world.intentions.find((each) => each.source === source && each.destination === destination) ??
    world.intentions.find((each) => each.source === '*' && each.destination === destination);
  const declared =
    world.services.find(({ name }) => name === source)?.upstreams.includes(destination) ?? false;
  const isSeen = source === 'web' && declared;
  return {
    allowed: rule?.effect === 'allow',
    decidedBy: rule === undefined ? '' : `${rule.source} => ${rule.destination} (${rule.effect})`,
    exact: rule !== undefined && rule.source !== '*',
    declared,
    seen: isSeen ? 12n : 0n,
    ...(isSeen && { lastSeen: timestampFromMs(world.now - 9_000_000) }),
  };
}
