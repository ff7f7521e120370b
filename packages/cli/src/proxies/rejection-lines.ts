import { lasting, milliseconds } from '@chancery/mesh-api/calls';
import type { Origin } from '@chancery/mesh-api/v1/change';
import type { Proxy as MeshProxy, ProxyProblem, Rejection } from '@chancery/mesh-api/v1/proxies';

/** What a proxy refused, a few lines each: what and when, why, where in it, and what it comes from. */
export function rejectionLines({ types }: MeshProxy, now: number): readonly string[] {
  return types.flatMap(({ type, rejections }) =>
    rejections.flatMap((rejection) => oneRejection(type, rejection, now)),
  );
}

function oneRejection(type: string, rejection: Rejection, now: number): readonly string[] {
  return [...refusalLines(type, rejection, now), ...originLines(rejection.origin)];
}

/** What was refused and when, why, and where in it. */
export function refusalLines(
  type: string,
  { reason, resource, path, at }: Rejection,
  now: number,
): readonly string[] {
  const since = at === undefined ? '' : ` ${lasting(now - milliseconds(at))} ago`;
  const what = resource === '' ? `a response of ${type}` : `${type} ${resource}`;
  return [
    `It refused ${what}${since}:`,
    `  why    ${withoutDump(reason)}`,
    ...(path === '' ? [] : [`  where  ${path}`]),
  ];
}

/** What of the configuration of a proxy could not be built as declared. */
export function problemLines({ problems }: MeshProxy): readonly string[] {
  return problems.flatMap(oneProblem);
}

function oneProblem({ code, resource, message, origin }: ProxyProblem): readonly string[] {
  const what = resource === '' ? '' : ` of ${resource}`;
  return [`A problem${what} (${code}):`, `  what   ${message}`, ...originLines(origin)];
}

/** What was declared that something comes from, and who declared it. */
export function originLines(origin: Origin | undefined): readonly string[] {
  if (origin === undefined) return [];
  const { kind, name, path, author, revision } = origin;
  const place = path === '' ? '' : `, ${path}`;
  const by = author === '' ? '' : ` by ${author}`;
  const written = revision === 0n ? '' : ` (written${by} at revision ${revision})`;
  return [`  from   ${kind} ${name}${place}${written}`];
}

/** Where a value breaks a rule, Envoy prints all of the message first: it is in the JSON. */
function withoutDump(reason: string): string {
  const at = reason.indexOf('Proto constraint validation failed');
  return (at < 0 ? reason : reason.slice(at)).replaceAll(/\s+/g, ' ').trim();
}
