import { X509Certificate } from 'node:crypto';
import type { Client } from '@chancery/client';
import { atOnce } from '../at-once.ts';
import { perSecond } from '../statistics.ts';
import { connections, launchAgent } from '../subjects/launch-agent.ts';
import type { Measure } from './measure.ts';

const withinMs = 10_000;

/** Certificates for services that have none yet, eight at once; each is read and its name compared. */
export const leafs: Measure = {
  name: 'leafs',
  async run(subject, { registrations }) {
    await using agent = await launchAgent(subject);
    await agent.ready();
    const names = Array.from({ length: registrations }, (_, at) => `app-${at}`);
    const moments = await atOnce(names, connections, { withinMs }, (name) =>
      issue(agent.client, name),
    );
    const value = perSecond(moments);
    return [
      { name: 'leaf certificates', value, unit: '/s', goal: { atLeast: 500 }, moreIsBetter: true },
    ];
  },
};

async function issue({ connection }: Client, name: string): Promise<void> {
  const path = `/v1/agent/connect/ca/leaf/${name}`;
  const { text } = await connection.send({ method: 'GET', path });
  const { CertPEM } = JSON.parse(text) as { readonly CertPEM: string };
  const { subjectAltName } = new X509Certificate(CertPEM);
  if (subjectAltName?.endsWith(`/svc/${name}`)) return;
  throw new Error(`the certificate for ${name} is for ${subjectAltName}`);
}
