import { counted } from './counted.ts';
import type { Mesh } from './mesh.ts';
import type { Problem } from './problem.ts';
import { isLate, pendingFor, standing } from './standing.ts';
import { length, milliseconds } from './time.ts';

/** What is wrong: what the rows show, by name, then what else the agent says. */
export function problems(mesh: Mesh, now: number): readonly Problem[] {
  const known = kept.get(mesh);
  const at = Math.floor(now / patience);
  if (known?.at === at) return known.problems;
  const all = allProblems(mesh, now);
  kept.set(mesh, { at, problems: all });
  return all;
}

/** In milliseconds: time alone brings few problems, and a frame asks for them more than once. */
const patience = 10_000;
const kept = new WeakMap<Mesh, { readonly at: number; readonly problems: readonly Problem[] }>();

/** `SECTION_UNSPECIFIED`: the enum itself would load protobuf before the first frame. */
const noSection = 0;

function allProblems(mesh: Mesh, now: number): readonly Problem[] {
  const found = [...refusals(mesh), ...late(mesh, now), ...ailing(mesh), ...expired(mesh, now)];
  // The agent counts what rows show; the rows name it, and can be entered.
  const said = (mesh.overview?.problems ?? []).filter(({ section }) => section === noSection);
  return [...found, ...said.map(({ text }) => ({ text }))];
}

function refusals({ proxies }: Mesh): readonly Problem[] {
  const found: Problem[] = [];
  for (const proxy of proxies.values()) {
    if (standing(proxy) !== 'rejected') continue;
    const refused = proxy.types.flatMap(({ rejections }) => rejections);
    const [first] = refused;
    const what = first?.resource ? ` ${first.resource}` : '';
    const text = `${proxy.id} rejected${what}${first ? `: ${first.reason}` : ''}`;
    found.push({ text, view: 'proxies', id: proxy.id });
  }
  return found;
}

function late({ proxies }: Mesh, now: number): readonly Problem[] {
  const found: Problem[] = [];
  for (const proxy of proxies.values()) {
    if (standing(proxy) === 'rejected' || !isLate(proxy, now)) continue;
    const types = proxy.types.filter((type) => pendingFor(type, now) > 0);
    const longest = Math.max(...types.map((type) => pendingFor(type, now)));
    const names = types.map(({ type }) => type).join(', ');
    const text = `${proxy.id} has not acknowledged ${names} for ${length(longest)}`;
    found.push({ text, view: 'proxies', id: proxy.id });
  }
  return found;
}

function ailing({ services }: Mesh): readonly Problem[] {
  const found: Problem[] = [];
  for (const { name, critical, instances } of services.values()) {
    if (critical === 0) continue;
    const text = `${name}: ${critical} of ${counted(instances, 'instance')} ${critical === 1 ? 'is' : 'are'} critical`;
    found.push({ text, view: 'services', id: name });
  }
  return found;
}

function expired({ certificates }: Mesh, now: number): readonly Problem[] {
  const found: Problem[] = [];
  for (const { id, name, kind, notAfter } of certificates.values()) {
    if (notAfter === undefined || milliseconds(notAfter) > now) continue;
    found.push({ text: `the ${kind} ${name} has expired`, view: 'certificates', id });
  }
  return found;
}
