import type {
  Flip,
  PlanResponse,
  ProxyChange,
  ResourceChange,
} from '@chancery/mesh-api/v1/changes';
import { counted } from '../output/counted.ts';
import { visibleLine } from '../output/visible-text.ts';
import {
  changesLines,
  type DiffLine,
  fieldLines,
  inWords,
  more,
  signed,
  signOf,
} from './diff-lines.ts';
import { type Extent, folded } from './value-lines.ts';

/** A plan for people: what is declared, who may talk to whom, and what proxies are sent. */
export function planLines(plan: PlanResponse, extent: Extent): readonly DiffLine[] {
  return [
    ...section('What is declared', changesLines(plan.changes, extent)),
    ...section('Who may talk to whom', flipsLines(plan, extent)),
    ...section(`What proxies are sent (${receivers(plan)})`, resourcesLines(plan, extent)),
    ...summary(plan),
  ];
}

const blank: DiffLine = { text: '', depth: 0 };

function section(title: string, lines: readonly DiffLine[]): readonly DiffLine[] {
  return lines.length === 0 ? [] : [{ text: `${title}:`, depth: 0 }, blank, ...lines, blank];
}

function flipsLines({ flips, moreFlips }: PlanResponse, { most }: Extent): readonly DiffLine[] {
  const { shown, hidden } = folded(flips, most && most * 3);
  const left = hidden + moreFlips;
  return [
    ...shown.flatMap(flipLines),
    ...(left === 0 ? [] : [{ text: more(left, 'pairs'), depth: 1 }]),
  ];
}

function flipLines(flip: Flip): readonly DiffLine[] {
  const { source, destination, allowedBefore, allowedAfter, becauseBefore, becauseAfter } = flip;
  const pair = `${party(source, 'any other source')} => ${party(destination, 'any other service')}`;
  const decides = `${visibleLine(becauseAfter)} decides, in place of ${visibleLine(becauseBefore)}`;
  return [
    {
      sign: allowedAfter ? '+' : '-',
      text: `${pair}: ${verdict(allowedBefore)} -> ${verdict(allowedAfter)}`,
      depth: 1,
    },
    { text: decides, depth: 3 },
  ];
}

function party(name: string, any: string): string {
  return name === '*' ? any : visibleLine(name);
}

function verdict(allowed: boolean): string {
  return allowed ? 'allowed' : 'denied';
}

function receivers({ proxies, proxiesConsidered }: PlanResponse): string {
  const away = proxies.filter(({ connected }) => !connected).length;
  const all = `${proxies.length.toLocaleString('en-US')} of ${counted(proxiesConsidered, 'proxy', 'proxies')}`;
  return away === 0 ? all : `${all}, ${away} not connected`;
}

/** Resources with who gets them. */
function resourcesLines(plan: PlanResponse, extent: Extent): readonly DiffLine[] {
  const receiving = new Map<number, ProxyChange[]>();
  for (const proxy of plan.proxies) {
    for (const at of proxy.resources) receiving.set(at, [...(receiving.get(at) ?? []), proxy]);
  }
  const { shown, hidden } = folded([...plan.resources.entries()], extent.most && extent.most * 2);
  return [
    ...shown.flatMap(([at, resource]) => resourceLines(resource, receiving.get(at) ?? [], extent)),
    ...(hidden === 0 ? [] : [{ text: more(hidden, 'resources'), depth: 1 }]),
  ];
}

function resourceLines(
  resource: ResourceChange,
  to: readonly ProxyChange[],
  extent: Extent,
): readonly DiffLine[] {
  const { type, name, action, fields, moreFields } = resource;
  return [
    { sign: signOf(action), text: `${type} ${visibleLine(name)}`, depth: 1 },
    ...receiverLines(to, extent),
    ...drainLines(resource),
    ...fieldLines(fields, extent.most === undefined ? extent : { ...extent, lines: 1 }, 3),
    ...(moreFields === 0 ? [] : [{ text: more(moreFields, 'fields'), depth: 3 }]),
  ];
}

/** Names in lines of the width that there is; many proxies are told by how many they are. */
function receiverLines(to: readonly ProxyChange[], { most, width }: Extent): readonly DiffLine[] {
  const { shown, hidden } = folded(to, most);
  const names = shown.map(
    ({ proxy, connected }) => `${visibleLine(proxy)}${connected ? '' : ' (not connected)'}`,
  );
  const words = hidden === 0 ? names : [...names, more(hidden)];
  const lines = [`to ${words[0] ?? ''}`];
  for (const word of words.slice(1)) {
    const last = lines.at(-1) ?? '';
    if (`${last}, ${word}`.length <= (width ?? 80) - 7)
      lines[lines.length - 1] = `${last}, ${word}`;
    else lines.push(`   ${word}`);
  }
  return lines.map((text, at) => ({ text: at < lines.length - 1 ? `${text},` : text, depth: 3 }));
}

function drainLines({ drains, drainedChains }: ResourceChange): readonly DiffLine[] {
  if (!drains) return [];
  const whose =
    drainedChains.length === 0
      ? 'all connections of the listener'
      : `the connections of filter chain ${drainedChains.map(visibleLine).join(', ')}`;
  return [{ sign: '!', text: `Envoy drains ${whose}`, depth: 3 }];
}

function summary(plan: PlanResponse): readonly DiffLine[] {
  const { changes, flips, moreFlips, resources } = plan;
  const draining = resources.filter(({ drains }) => drains).length;
  return [
    {
      text: `Plan: ${signed(changes, '+')} to create, ${signed(changes, '~')} to change, ${signed(changes, '-')} to delete.`,
      depth: 0,
    },
    {
      text: `Verdicts that flip: ${orNone(flips.length + moreFlips)}. Resources to send: ${orNone(resources.length)}. Listeners that drain: ${orNone(draining)}.`,
      depth: 0,
    },
  ];
}

function orNone(count: number): string {
  return count === 0 ? 'none' : inWords(count);
}
