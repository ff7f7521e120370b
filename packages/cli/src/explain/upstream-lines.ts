import type { ExplainedUpstream, ExplainResponse } from '@chancery/mesh-api/v1/intentions';
import { columns } from '../output/columns.ts';

/** How the source reaches the destination: a section for all of its sidecars that do so alike. */
export function upstreamLines({
  upstreams,
  moreSidecars,
}: ExplainResponse): readonly (readonly string[])[] {
  const alike = Map.groupBy(upstreams, ({ $typeName: _type, proxy: _proxy, ...way }) =>
    JSON.stringify(way),
  );
  return [...alike.values()].map((group) => {
    const [first] = group;
    const more = moreSidecars === 0 ? '' : ` and ${moreSidecars} that were not looked at`;
    const proxies = `${group.map(({ proxy }) => proxy).join(', ')}${more}`;
    return first === undefined ? [] : [`Upstream of ${proxies}`, ...wayLines(first)];
  });
}

function wayLines({
  listener,
  listenerName,
  cluster,
  sni,
  expectedSan,
  endpoints,
}: ExplainedUpstream): readonly string[] {
  const used = endpoints.filter((endpoint) => endpoint.used).length;
  const rows = [
    ['listener', listener === '' ? 'none' : `${listener} (${listenerName})`],
    ['cluster', cluster],
    ['SNI', sni === cluster ? 'the name of the cluster' : sni || 'none'],
    ['peer', expectedSan || 'none'],
    ['endpoints', `${used} of ${endpoints.length} used`],
  ];
  return [...indented(columns(rows), 2), ...indented(columns(endpoints.map(endpointRow)), 4)];
}

function endpointRow({
  used,
  address,
  health,
  instance,
  node,
  note,
}: ExplainedUpstream['endpoints'][number]): readonly string[] {
  const who = instance === '' ? '' : `${instance} on ${node}`;
  const told = [who, note].filter((part) => part !== '').join(': ');
  return [used ? 'used' : 'not used', address, health, told];
}

/** Lines a number of characters to the right. */
export function indented(text: string, by: number): readonly string[] {
  return text === '' ? [] : text.split('\n').map((line) => `${' '.repeat(by)}${line}`.trimEnd());
}
