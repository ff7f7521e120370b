import type { ServiceRow } from '@chancery/mesh-api/v1/status';
import { fitted } from '../frame/fit.ts';
import { type Line, line, span } from '../frame/span.ts';
import { counted } from '../model/counted.ts';
import type { Mesh } from '../model/mesh.ts';
import { standingSpan } from '../model/standing.ts';
import { effectSpan } from '../views/intentions.ts';
import { healthSpan } from '../views/services.ts';
import { field, section, sentence } from './fields.ts';

/** One service: its health, its proxies, what it reaches, and the intentions about it. */
export function serviceLines(
  service: ServiceRow,
  mesh: Mesh,
  width: number,
  now: number,
): readonly Line[] {
  const { name, instances, sidecars, tags, upstreams } = service;
  const rules = [...mesh.intentions.values()].filter(
    ({ source, destination }) => [name, '*'].includes(destination) || source === name,
  );
  const proxies = [...mesh.proxies.values()].filter((proxy) => proxy.service === name);
  const callers = [...mesh.services.values()].filter((other) => other.upstreams.includes(name));
  return [
    field('Health', healthSpan(service), span(`   of ${counted(instances, 'instance')}`, 'faint')),
    field('Sidecars', `${sidecars} of ${counted(instances, 'instance')}`),
    field('Tags', tags.length === 0 ? span('none', 'faint') : tags.join(', ')),
    ...section('Proxies'),
    ...(proxies.length === 0
      ? sentence('None: nothing of this service is in the mesh.', { width })
      : proxies.map((proxy) => line(`  ${fitted(proxy.id, 40)}  `, standingSpan(proxy, now)))),
    ...section('Upstreams'),
    ...sentence(upstreams.length === 0 ? 'None declared.' : upstreams.join(', '), { width }),
    ...section('Declared as an upstream by'),
    ...sentence(callers.length === 0 ? 'None.' : callers.map((each) => each.name).join(', '), {
      width,
    }),
    ...section('Intentions'),
    ...(rules.length === 0
      ? sentence(`None: the default (${mesh.overview?.defaultAction ?? '−'}) decides.`, { width })
      : rules.map(({ source, destination, effect }) =>
          line(`  ${fitted(`${source} → ${destination}`, 40)}  `, effectSpan(effect)),
        )),
  ];
}
