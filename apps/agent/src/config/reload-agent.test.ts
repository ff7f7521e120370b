import { catalogTables, instances, registerService } from '@chancery/catalog';
import type { LoadedConfig } from '@chancery/config-files';
import { type AgentConfig, decodeAgentConfig } from '@chancery/model';
import { memoryJournal, openStore } from '@chancery/store';
import { expect, test } from 'vitest';
import { joinCatalog, ownNode } from '../join-catalog.ts';
import { createLog } from '../log/log.ts';
import { applyDeclarations, declarations } from './declarations.ts';
import { createReload } from './reload-agent.ts';

/** A configuration in which two sidecars at most find a port. */
function config(logLevel: string, ...names: readonly string[]): AgentConfig {
  const value = {
    log_level: logLevel,
    ports: { sidecar_min_port: 21000, sidecar_max_port: 21001 },
    services: names.map((name) => ({ name, connect: { sidecar_service: {} } })),
  };
  const decoded = decodeAgentConfig([{ name: 'a.hcl', value }], {
    dev: true,
    host: { hostname: 'box' },
  });
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.issues));
  return decoded.value;
}

/** An agent that was started with a configuration, and reads another; one of the ports was taken over the API. */
async function started(before: AgentConfig, read: LoadedConfig) {
  const tables = [...catalogTables, declarations, ownNode];
  const store = await openStore({ tables, journal: memoryJournal(), now: () => 0 });
  const lines: string[] = [];
  const { log, monitor } = createLog({ logLevel: 'info', logJson: false }, (line) =>
    lines.push(line.slice(line.indexOf('['))),
  );
  const effects = { log, monitor, now: () => 0, random: () => 0, newId: () => 'id' };
  await joinCatalog(store, before, effects);
  const [registration] = config('info', 'over-api').services;
  if (registration === undefined) throw new Error('no registration');
  const sidecarPorts = { min: 21000, max: 21001 };
  const input = { node: 'box', registration, replaceExistingChecks: false, sidecarPorts };
  await store.commit(registerService, input, { principal: { name: 'test' } });
  await applyDeclarations(store, before.nodeName, before);
  const levels: string[] = [];
  const reload = createReload({
    store,
    config: before,
    readConfig: () => read,
    warnings: [],
    setLogLevel: (level) => levels.push(level),
    http: Promise.resolve(undefined),
    gate: { set: () => undefined },
    effects,
  });
  const services = () => store.view.all(instances).map(({ service }) => service.id);
  return { reload, lines, levels, services };
}

test('what the catalog refuses of a configuration is told, and what was applied of it all the same', async () => {
  const read = { ok: true, config: config('debug', 'web', 'db'), warnings: [] } as const;
  const { reload, lines, levels, services } = await started(config('info', 'old'), read);
  const why =
    'no port provided for sidecar_service and none left in the configured range [21000, 21001]';
  const told = [
    `not applied: service "db": ${why}`,
    'applied: service "web"',
    'taken back: service "old"',
    'not applied: log_level, node_meta, http_config',
  ];
  expect(await reload()).toEqual({ ok: false, message: told.join('\n'), inPart: true });
  expect(lines).toEqual(told.map((line) => `[ERROR] config: read again in part: ${line}\n`));
  expect(services()).toEqual(['over-api', 'over-api-sidecar-proxy', 'web', 'web-sidecar-proxy']);
  expect(levels).toEqual([]);
});

test('of very many that were applied the first are named, and how many more there are', async () => {
  const after = config('info', 'a', 'b');
  const plain = Array.from({ length: 30 }, (_, at) => `s${at}`).flatMap((name) =>
    config('info', name).services.map(({ sidecar: _none, ...service }) => service),
  );
  const services = [...plain, ...after.services];
  const read = { ok: true, config: { ...after, services }, warnings: [] } as const;
  const { reload } = await started(config('info'), read);
  const outcome = await reload();
  expect(outcome.ok ? '' : outcome.message).toMatch(
    /\napplied: (service "s\d+", ){24}and 7 more\n/,
  );
});

test('a configuration with a mistake is not read again at all', async () => {
  const { reload, lines } = await started(config('info'), { ok: false, lines: ['a.hcl:1:1: no'] });
  expect(await reload()).toEqual({ ok: false, message: 'a.hcl:1:1: no', inPart: false });
  expect(lines).toEqual(['[ERROR] config: not read again: a.hcl:1:1: no\n']);
});
