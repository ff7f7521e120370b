import type { CheckDefinition, Service } from '@chancery/model';

const INTERVAL_MS = 10_000;

/** The two checks of a sidecar that declares none, as Consul has them: it listens, and its parent is well. */
export function sidecarChecks(sidecar: Service, parentId: string): readonly CheckDefinition[] {
  return [
    {
      checkId: `service:${sidecar.id}:1`,
      name: 'Connect Sidecar Listening',
      notes: '',
      initialStatus: 'critical',
      probe: {
        kind: 'tcp',
        address: dialAddress(sidecar),
        intervalMs: INTERVAL_MS,
      },
    },
    {
      checkId: `service:${sidecar.id}:2`,
      name: `Connect Sidecar Aliasing ${parentId}`,
      notes: '',
      initialStatus: 'passing',
      probe: { kind: 'alias', serviceId: parentId },
    },
  ];
}

/** Where the agent finds the sidecar: at its own address, else beside the local app. */
function dialAddress({ address, port, proxy }: Service): string {
  const host = address || (proxy?.localServiceAddress ?? '') || '127.0.0.1';
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
