import {
  type GetProxyConfigResponse,
  type ProxyResource,
  SyncState,
} from '@chancery/mesh-api/v1/proxies';
import { fieldLines } from '../changes/diff-lines.ts';
import type { Io } from '../io.ts';
import { folded } from '../output/folded.ts';
import { originLines, refusalLines } from './rejection-lines.ts';
import { stateWord } from './states.ts';

/** How wide a line may be where nobody says how wide the terminal is. */
const usualWidth = 80;

/** Prints the resources of a proxy: how it stands to each, what that comes from, how it differs from what it has, and all of it. */
export function printConfig(io: Io, { proxy, resources }: GetProxyConfigResponse): void {
  const now = Date.now();
  const width = io.width ?? usualWidth;
  if (resources.length === 0) io.out(`There is nothing for ${proxy?.id}.`);
  for (const [at, resource] of resources.entries()) {
    const head = [...(at === 0 ? [] : ['']), ...headLines(resource, now)];
    io.out(folded(head.join('\n'), width));
    for (const line of differenceLines(resource, width)) io.out(line);
    if (resource.desired !== undefined) io.out(JSON.stringify(resource.desired, null, 2));
  }
}

function headLines(resource: ProxyResource, now: number): readonly string[] {
  const { type, name, state, origin, rejections } = resource;
  const goes = resource.desired === undefined ? ', to be taken away' : '';
  return [
    `${type} ${name}: ${stateWord(state)}${goes}`,
    ...originLines(origin),
    ...rejections.flatMap((rejection) =>
      refusalLines(type, rejection, now).map((line) => `  ${line}`),
    ),
    ...versionLine(resource),
  ];
}

function versionLine(resource: ProxyResource): readonly string[] {
  const { state, desiredVersion: desired, acknowledgedVersion: acknowledged } = resource;
  if (state === SyncState.SYNCED || state === SyncState.NOT_SUBSCRIBED) return [];
  const [is, has] = [desired, acknowledged].map((version) => version.slice(0, 8) || 'nothing');
  return [`  is to have ${is}, has acknowledged ${has}`];
}

function differenceLines({ fields }: ProxyResource, width: number): readonly string[] {
  if (fields.length === 0) return [];
  const lines = fieldLines(fields, { width }, 2).map(
    ({ sign = ' ', text, depth }) => `${'  '.repeat(depth)}${sign} ${text}`,
  );
  return ['  from what it has to what it is to have:', ...lines];
}
