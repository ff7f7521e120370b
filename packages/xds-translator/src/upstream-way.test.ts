import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCase, trustDomain } from './testing/golden-case.ts';
import { createTranslator } from './translator.ts';
import { type UpstreamWay, upstreamWay } from './upstream-way.ts';

function ways(name: string): readonly UpstreamWay[] {
  const folder = join(import.meta.dirname, '../testdata', name);
  const snapshot = readCase(readFileSync(join(folder, 'snapshot.yaml'), 'utf8'));
  const compiled = createTranslator().compile(snapshot);
  return snapshot.upstreams.map((upstream) => upstreamWay(snapshot, upstream, compiled));
}

const sni = `db.default.dc1.internal.${trustDomain}`;
const expectedSan = `spiffe://${trustDomain}/ns/default/dc/dc1/svc/db`;

test('an upstream leads from its listener to endpoints with one identity', () => {
  const [db, cache] = ways('two-upstreams');
  expect(db).toMatchObject({
    listener: '127.0.0.1:9191',
    listenerName: 'db:127.0.0.1:9191',
    cluster: sni,
    sni,
    expectedSan,
    endpoints: ['10.0.0.2:21000', '10.0.0.2:21001', '10.0.0.3:21000'],
  });
  expect(db?.resources).toHaveLength(3);
  expect(cache).toMatchObject({ endpoints: ['[fd00::2]:21000'] });
});

test('custom configuration is read as it is served', () => {
  expect(ways('custom-upstream-cluster')[0]).toMatchObject({
    cluster: 'own_db',
    sni,
    endpoints: ['10.0.0.2:21000'],
  });
  expect(ways('custom-upstream-listener')[0]).toMatchObject({
    listener: '127.0.0.1:9191',
    cluster: 'own_db',
    expectedSan,
    endpoints: ['10.0.0.9:21000'],
  });
});

test('what is not served leads nowhere', () => {
  const [first] = ways('custom-config-refused');
  expect(first).toMatchObject({ sni: '', expectedSan: '', endpoints: [] });
});
