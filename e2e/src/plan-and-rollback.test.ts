import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DemoMesh,
  demoMesh,
  type EnvoyAdmin,
  temporaryFolder,
  until,
} from '@chancery/testing';
import { expect, test } from 'vitest';
import { changedResources, heldResources } from './held-resources.ts';
import { withinMs } from './story.ts';
import { describeWithEnvoy } from './with-envoy.ts';

/** What of a plan is held to Envoy. */
interface Plan {
  readonly revision: string;
  readonly flips: readonly object[];
  readonly resources: readonly PlannedResource[];
  readonly proxies: readonly { readonly proxy: string; readonly resources: readonly number[] }[];
}

interface PlannedResource {
  readonly type: string;
  readonly name: string;
  readonly versionAfter: string;
  readonly drains: boolean;
  readonly drainedChains: readonly string[];
}

const files = {
  'deny.hcl': 'kind = "service-intentions"\nname = "db"\nsources { name = "web" action = "deny" }',
  'logs.json': '{"Kind": "proxy-defaults", "Name": "global", "AccessLogs": {"Enabled": true}}',
};

/** The Envoys by the IDs under which the agent knows them. */
function envoysOf(mesh: DemoMesh): Readonly<Record<string, EnvoyAdmin>> {
  const [db] = mesh.instances;
  if (db === undefined) throw new Error('there is no db');
  return { 'web-sidecar-proxy': mesh.web.sidecar.admin, 'db-sidecar-proxy': db.sidecar.admin };
}

async function eachHeld(mesh: DemoMesh): Promise<Record<string, ReadonlyMap<string, string>>> {
  const held: Record<string, ReadonlyMap<string, string>> = {};
  for (const [id, admin] of Object.entries(envoysOf(mesh))) held[id] = await heldResources(admin);
  return held;
}

function predictedFor({ proxies, resources }: Plan, id: string): readonly PlannedResource[] {
  const own = proxies.find(({ proxy }) => proxy === id)?.resources ?? [];
  return own.map((at) => resources[at]).filter((resource) => resource !== undefined);
}

/** Whether web reaches db. */
async function becomes(mesh: DemoMesh, verdict: 'let in' | 'denied'): Promise<void> {
  const expected = verdict === 'let in';
  await until(async () => ((await mesh.web.talk('Hello?')).verdict === 'echo') === expected, {
    withinMs,
    what: `web was ${verdict}`,
  });
}

/** Filter chains that were drained in place, and listeners that were replaced whole. */
async function drains(admin: EnvoyAdmin): Promise<readonly [number, number]> {
  const inPlace = await admin.stat('listener_manager.listener_in_place_updated');
  const all = await admin.stat('listener_manager.listener_modified');
  return [inPlace, all - inPlace];
}

function predictedDrains(resources: readonly PlannedResource[]): readonly [number, number] {
  const draining = resources.filter((resource) => resource.drains);
  const inPlace = draining.filter(({ drainedChains }) => drainedChains.length > 0);
  return [inPlace.length, draining.length - inPlace.length];
}

describeWithEnvoy('a plan and a way back', () => {
  test('what is predicted is what each Envoy then has; going back gives it the bytes that it had', async () => {
    await using mesh = await demoMesh();
    await mesh.connected(withinMs);
    await using folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder.path, name), text);
    }
    const before = await eachHeld(mesh);
    const { cli } = mesh.agent;

    const planned = await cli('plan', '-f', folder.path, '-format', 'json', '-detailed-exitcode');
    expect(planned.code).toBe(2);
    const plan: Plan = JSON.parse(planned.output);
    expect(plan.resources.filter((resource) => resource.drains).length).toBeGreaterThan(1);
    expect(plan.flips).toMatchObject([{ source: 'web', destination: 'db', allowedAfter: false }]);

    const applied = await cli('apply', '-f', folder.path, '-yes', '-wait', '-reason', 'e2e');
    expect(applied).toMatchObject({ code: 0, output: expect.stringContaining('Enforced on 2/2') });
    await becomes(mesh, 'denied');
    const after = await eachHeld(mesh);
    for (const [id, admin] of Object.entries(envoysOf(mesh))) {
      const predicted = predictedFor(plan, id);
      const lines = predicted.map(
        ({ type, name, versionAfter }) => `${type} ${name} ${versionAfter}`,
      );
      expect(predicted.length).toBeGreaterThan(0);
      expect(changedResources(before[id] ?? new Map(), after[id] ?? new Map())).toEqual(
        lines.sort(),
      );
      expect(await drains(admin)).toEqual(predictedDrains(predicted));
    }

    const back = await cli('rollback', plan.revision, '-yes', '-wait', '-reason', 'it broke');
    expect(back).toMatchObject({ code: 0, output: expect.stringContaining('Enforced on 2/2') });
    await becomes(mesh, 'let in');
    expect(await eachHeld(mesh)).toEqual(before);
    const { output } = await cli('history', '-n', '2');
    expect(output).toContain(`rollback to revision ${plan.revision}\n  "it broke"`);
  });
});
