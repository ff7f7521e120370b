import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { hostFacts, routesToEverywhere } from './host-facts.ts';

test('a machine tells the addresses by which others may reach it', () => {
  const addresses = Object.values(networkInterfaces()).flatMap((found = []) => found);
  const reachable = addresses.filter(({ internal }) => !internal).map(({ address }) => address);
  const told = hostFacts().addresses?.map(({ address }) => address);
  expect(told).toEqual(reachable);
});

test('the default route is the one without destination and mask', () => {
  const table = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
    'tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000080\t0\t0\t0',
    '',
  ].join('\n');
  expect([...routesToEverywhere(table)]).toEqual(['eth0']);
});
