import { generateKeyPairSync } from 'node:crypto';
import { demoMesh, type EnvoyAdmin, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { probeLoop } from './probe-loop.ts';
import { describeWithEnvoy } from './with-envoy.ts';

interface ServedCertificates {
  readonly certificates: readonly {
    readonly ca_cert?: readonly { readonly serial_number: string }[];
    readonly cert_chain?: readonly { readonly serial_number: string }[];
  }[];
}

/** What an Envoy presents and what it trusts. */
async function served(admin: EnvoyAdmin): Promise<ServedCertificates['certificates']> {
  const { certificates } = JSON.parse(await admin.page('/certs')) as ServedCertificates;
  return certificates;
}

/** The serial number of the certificate that an Envoy presents. */
async function presented(admin: EnvoyAdmin): Promise<string | undefined> {
  return (await served(admin)).flatMap(({ cert_chain: chain }) => chain ?? [])[0]?.serial_number;
}

/** How many roots an Envoy trusts at each place where it verifies. */
async function trusted(admin: EnvoyAdmin): Promise<readonly number[]> {
  return (await served(admin))
    .map(({ ca_cert: roots }) => roots?.length ?? 0)
    .filter((count) => count > 0);
}

function newKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
  }).privateKey;
}

describeWithEnvoy('a change of the root under load', () => {
  test('drops no connection, refuses none, and gives each side a certificate of the new root', async () => {
    await using mesh = await demoMesh();
    await mesh.connected();
    const { connection } = mesh.agent.client;
    const [db] = mesh.instances;
    if (db === undefined) throw new Error('no db');
    const admins = [mesh.web.sidecar.admin, db.sidecar.admin];
    const before = await Promise.all(admins.map(presented));
    using held = mesh.web.dial();
    await using probes = probeLoop(mesh.web.port);

    const body = { Provider: 'consul', Config: { PrivateKey: newKey() } };
    const path = '/v1/connect/ca/configuration';
    expect((await connection.send({ method: 'PUT', path, body })).status).toBe(200);
    const roots = JSON.parse(
      (await connection.send({ method: 'GET', path: '/v1/connect/ca/roots' })).text,
    );
    expect(roots.Roots.map(({ Active }: { Active: boolean }) => Active)).toEqual([true, false]);

    await until(
      async () => {
        const now = await Promise.all(admins.map(presented));
        return now.every((serial, at) => serial !== undefined && serial !== before[at]);
      },
      {
        withinMs: 60_000,
        what: 'each side presents a certificate of the new root',
        unless: () => probes.failures().length > 0,
      },
    );
    for (const admin of admins) expect(new Set(await trusted(admin))).toEqual(new Set([2]));
    const after = probes.attempts();
    await until(() => probes.attempts() > after + 20, {
      withinMs: 10_000,
      what: 'connections were opened with the new certificates',
    });
    expect(await held.exchange('still here?', 5000)).toMatchObject({ verdict: 'echo' });
    expect(probes.failures()).toEqual([]);
    for (const admin of admins)
      expect(await admin.stat('listener_manager.listener_modified')).toBe(0);
  });
});
