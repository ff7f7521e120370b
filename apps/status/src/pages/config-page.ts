import type { GetProxyConfigResponse, ProxyResource } from '@chancery/mesh-api/v1/proxies';
import { type Line, line, span } from '../frame/span.ts';
import { stateWords } from '../model/standing.ts';
import { section, sentence } from './fields.ts';
import { fieldLines, jsonLines } from './json-lines.ts';
import { oneRejection, originLine } from './proxy-page.ts';

const kept = new WeakMap<object, { readonly width: number; readonly lines: readonly Line[] }>();

/** The resources of a proxy, secrets redacted by the agent. Kept: a scroll writes no JSON anew. */
export function configLines(
  said: GetProxyConfigResponse,
  width: number,
  now: number,
): readonly Line[] {
  const known = kept.get(said);
  if (known?.width === width) return known.lines;
  const lines =
    said.resources.length === 0
      ? sentence('It was sent nothing.', { width })
      : said.resources.flatMap((each) => resourceLines(each, width, now));
  kept.set(said, { width, lines });
  return lines;
}

function resourceLines(each: ProxyResource, width: number, now: number): readonly Line[] {
  const { type, name, state, desired, fields, rejections, origin } = each;
  return [
    line(
      '  ',
      span(`${type.toUpperCase()} `, 'accent'),
      span(name, 'strong'),
      '  ',
      stateWords(state),
    ),
    ...(origin === undefined ? [] : [originLine(origin)]),
    ...rejections.flatMap((rejection) => oneRejection(type, rejection, width, now)),
    ...(fields.length === 0
      ? []
      : [
          ...section('From what is acknowledged to what is desired'),
          ...fieldLines(fields, '    '),
        ]),
    ...(desired === undefined
      ? [line(span('    It is to go.', 'warn'))]
      : jsonLines(desired, '    ')),
    line(),
  ];
}
