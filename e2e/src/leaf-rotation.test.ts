import { demoMesh, type EnvoyAdmin, type Exchange, until } from '@chancery/testing';
import { expect, test } from 'vitest';
import { probeLoop } from './probe-loop.ts';
import { describeWithEnvoy } from './with-envoy.ts';

/** The shortest life that a leaf may have; it is renewed after 6 to 9 of these seconds. */
const shortLived = 'connect { ca_config { leaf_cert_ttl = "10s" } }';
/** The first certificate and two that took its place, on each side. */
const serials = 3;

/** The serial number of the certificate that an Envoy serves and presents now. */
async function servedSerial(admin: EnvoyAdmin): Promise<string | undefined> {
  const { certificates } = JSON.parse(await admin.page('/certs')) as {
    certificates: readonly { cert_chain?: readonly { serial_number: string }[] }[];
  };
  return certificates.flatMap(({ cert_chain: chain }) => chain ?? [])[0]?.serial_number;
}

describeWithEnvoy('the rotation of leafs under load', () => {
  test('drops no connection, refuses none and replaces no listener', async () => {
    await using mesh = await demoMesh({ agent: { args: ['-hcl', shortLived] } });
    await mesh.connected();
    const [db] = mesh.instances;
    if (db === undefined) throw new Error('no db');
    const admins = [mesh.web.sidecar.admin, db.sidecar.admin];
    const seen = admins.map(() => new Set<string>());
    using held = mesh.web.dial();
    const broken: Exchange[] = [];
    await using probes = probeLoop(mesh.web.port);

    await until(
      async () => {
        const exchange = await held.exchange('still here?', 5000);
        if (exchange.verdict !== 'echo') broken.push(exchange);
        for (const [at, admin] of admins.entries()) {
          const serial = await servedSerial(admin);
          if (serial !== undefined) seen[at]?.add(serial);
        }
        return seen.every(({ size }) => size >= serials);
      },
      {
        withinMs: 60_000,
        everyMs: 100,
        what: `each side served ${serials} certificates in turn`,
        unless: () => probes.failures().length + broken.length > 0,
      },
    );

    const after = probes.attempts();
    await until(() => probes.attempts() > after + 20, {
      withinMs: 10_000,
      what: 'connections were opened with the last certificates',
    });
    expect(await held.exchange('and now?', 5000)).toMatchObject({ verdict: 'echo' });
    expect(probes.failures()).toEqual([]);
    for (const admin of admins) {
      expect(await admin.stat('listener_manager.listener_modified')).toBe(0);
      expect(await admin.stat('listener_manager.listener_in_place_updated')).toBe(0);
      expect(await admin.stat('listener_manager.total_filter_chains_draining')).toBe(0);
      expect(await admin.stat('cluster_manager.cluster_modified')).toBe(0);
    }
  });
});
