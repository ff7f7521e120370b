import { typeUrls } from '@chancery/envoy-api';
import { expect, test } from 'vitest';
import type { ProxyService } from '../../proxies/serve-proxies.ts';
import { ScriptedLedger } from '../../testing/scripted-ledger.ts';
import { resourceStandings } from './resource-standing.ts';

function scene() {
  const ledger = new ScriptedLedger();
  const resource = { typeUrl: typeUrls.cluster, name: 'db', hash: '2', body: new Uint8Array() };
  const publisher = { supply: () => ({ manifest: { revision: 1, resources: [resource] } }) };
  const parts = { ledger, publisher } as unknown as Pick<ProxyService, 'ledger' | 'publisher'>;
  const standing = resourceStandings(parts, () => 3_001);
  return { ledger, told: () => standing('web', typeUrls.cluster, 'db') };
}

test('how a proxy stands to a resource is told in a sentence', () => {
  const { ledger, told } = scene();
  expect(told()).toEqual({ state: 'not-subscribed', connected: false, detail: 'it has no stream' });
  ledger.open('web', []);
  expect(told()).toEqual({
    state: 'not-subscribed',
    connected: true,
    detail: 'not asked for yet',
  });
  ledger.open('web');
  ledger.acked('web', 'db', '1', 1, 0);
  ledger.sent('web', 'db', '2', 2);
  expect(told()).toMatchObject({
    state: 'pending',
    detail: 'sent and not acknowledged for 3 s',
  });
  ledger.rejected('web', 'db', '2', 'no such\nthing');
  expect(told()).toMatchObject({ state: 'rejected', detail: 'refused: no such thing' });
  ledger.acked('web', 'db', '2', 2, 0);
  expect(told()).toEqual({ state: 'synced', connected: true, detail: '' });
});
