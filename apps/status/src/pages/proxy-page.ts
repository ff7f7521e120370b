import type { Origin } from '@chancery/mesh-api/v1/change';
import type { Proxy as MeshProxy, ProxyType, Rejection } from '@chancery/mesh-api/v1/proxies';
import { fitted } from '../frame/fit.ts';
import { type Line, line, span } from '../frame/span.ts';
import { pendingFor, standingSpan, stateWords } from '../model/standing.ts';
import { age, ago, clockTime, left } from '../model/time.ts';
import { field, section, sentence } from './fields.ts';

/** One proxy in full: how it stands to each type, what it refused, and where that comes from. */
export function proxyLines(proxy: MeshProxy, width: number, now: number): readonly Line[] {
  const { certificateExpiresAt, builtRevision, acknowledgedRevision } = proxy;
  return [
    field('State', standingSpan(proxy, now)),
    field('Service', proxy.service || span('none: it is not registered', 'warn')),
    field('Node', proxy.node),
    field('Runs', proxy.userAgent || span('−', 'faint')),
    field('Stream', streamWords(proxy, now)),
    field(
      'Certificate',
      `expires in ${left(certificateExpiresAt, now)}`,
      span(`  ${clockTime(certificateExpiresAt)}`, 'faint'),
    ),
    field(
      'Revision',
      `built from r${builtRevision}, all acknowledged up to r${acknowledgedRevision}`,
    ),
    ...rejectionLines(proxy, width, now),
    ...problemLines(proxy, width),
    ...section('Types'),
    line(
      span(
        `  ${'TYPE'.padEnd(6)}${'STATE'.padEnd(20)}${'RESOURCES'.padStart(9)}  ${'SENT'.padEnd(14)}${'ACKNOWLEDGED'.padEnd(14)}AGE`,
        'faint',
      ),
    ),
    ...proxy.types.map((type) => typeLine(type, now)),
  ];
}

function streamWords({ streams, streamSince }: MeshProxy, now: number): string {
  if (streams === 0) return 'none: the proxy is not connected';
  const open = streams === 1 ? 'open' : `${streams} open`;
  const since = age(streamSince, now);
  return since === 'now' ? `${open}, just now` : `${open} for ${since}`;
}

function typeLine(type: ProxyType, now: number): Line {
  const state = stateWords(type.state, pendingFor(type, now));
  return line(
    `  ${type.type.toUpperCase().padEnd(6)}`,
    { ...state, text: fitted(state.text, 20) },
    `${String(type.resources).padStart(9)}  `,
    span(fitted(version(type.versionSent), 14), 'faint'),
    span(
      fitted(version(type.versionAcknowledged), 14),
      type.versionSent === type.versionAcknowledged ? 'faint' : 'warn',
    ),
    span(age(type.acknowledgedAt ?? type.sentAt, now), 'faint'),
  );
}

function version(hash: string): string {
  return hash === '' ? '−' : hash.slice(0, 12);
}

function rejectionLines({ types }: MeshProxy, width: number, now: number): readonly Line[] {
  const refused = types.flatMap(({ type, rejections }) =>
    rejections.map((rejection) => ({ type, rejection })),
  );
  if (refused.length === 0) return [];
  return [
    ...section('Rejected'),
    ...refused.flatMap(({ type, rejection }) => oneRejection(type, rejection, width, now)),
  ];
}

/** A refusal: what, why in the proxy's words, where in the resource, and who wrote what it comes from. */
export function oneRejection(
  type: string,
  { resource, reason, path, origin, at }: Rejection,
  width: number,
  now: number,
): readonly Line[] {
  return [
    line(
      '  ',
      span(`✗ ${type.toUpperCase()} `, 'bad'),
      span(resource || 'the whole response', 'strong'),
      span(`  ${ago(at, now)}`, 'faint'),
    ),
    ...sentence(reason, { width, indent: '    ' }),
    ...(path === '' ? [] : [line(span('    at ', 'faint'), path)]),
    ...(origin === undefined ? [] : [originLine(origin)]),
  ];
}

/** Where something comes from, and who wrote that. */
export function originLine({ kind, name, path, author, revision }: Origin): Line {
  const by = author === '' ? '' : `, written by ${author}`;
  const at = revision > 0n ? ` (r${revision})` : '';
  return line(
    span('    from ', 'faint'),
    `${kind}/${name}${path === '' ? '' : ` ${path}`}`,
    span(`${by}${at}`, 'faint'),
  );
}

function problemLines({ problems }: MeshProxy, width: number): readonly Line[] {
  if (problems.length === 0) return [];
  return [
    ...section('Not built as declared'),
    ...problems.flatMap(({ code, resource, message, origin }) => [
      line('  ', span(`! ${resource || code}`, 'warn')),
      ...sentence(message, { width, indent: '    ' }),
      ...(origin === undefined ? [] : [originLine(origin)]),
    ]),
  ];
}
