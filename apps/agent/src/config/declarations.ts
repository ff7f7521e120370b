import {
  deregisterCheck,
  deregisterService,
  registerCheck,
  registerService,
} from '@chancery/catalog';
import type { AgentConfig } from '@chancery/model';
import {
  type Command,
  type Committed,
  commit,
  defineTable,
  put,
  remove,
  type Store,
  type Table,
} from '@chancery/store';
import { refusedFromFile } from '../checks/script-permission.ts';

/** Something that stands in the agent's configuration, as distinct from what was registered over the API. */
interface Declaration {
  readonly kind: 'service' | 'check';
  readonly id: string;
}

/** What the configuration declared when it was last read: what is gone from it since is taken back. */
export const declarations: Table<Declaration> = defineTable<Declaration>({
  name: 'declarations',
  kind: 'observed',
  key: ({ kind, id }) => `${kind}/${id}`,
});

const remember: Command<readonly Declaration[], void> = (view, _by, present) => {
  const keys = new Set(present.map(declarations.key));
  const gone = view
    .all(declarations)
    .map(declarations.key)
    .filter((key) => !keys.has(key));
  return commit(
    [
      ...present.map((each) => put(declarations, each)),
      ...gone.map((key) => remove(declarations, key)),
    ],
    undefined,
  );
};

const by = { principal: { name: 'agent' }, why: 'configuration' };

/** What came of declarations, each service and check in words: `service "web"`. */
export interface Applied {
  /** With the reasons. What was refused is in the catalog as it was before, if it was there. */
  readonly refused: readonly string[];
  /** What is in the catalog now as it is declared. */
  readonly declared: readonly string[];
  readonly takenBack: readonly string[];
}

/**
 * Brings the catalog to what the configuration declares: registers its services and checks, and
 * takes back those that it declared before and does not any more. Scripts that are not enabled are refused before
 * anything is changed.
 */
export async function applyDeclarations(
  store: Store,
  node: string,
  config: Pick<AgentConfig, 'services' | 'checks' | 'ports' | 'scriptChecks'>,
): Promise<Applied> {
  const forbidden = forbiddenScripts(config);
  if (forbidden.length > 0) return { refused: inWords(forbidden), declared: [], takenBack: [] };
  const present = declared(config);
  const keys = new Set(present.map(declarations.key));
  const before = store.view.all(declarations);
  const gone = before.filter((each) => !keys.has(declarations.key(each)));
  for (const each of gone) await takeBack(store, node, each);
  const refusals = new Map([
    ...(await registerServices(store, node, config)),
    ...(await registerChecks(store, node, config)),
  ]);
  // What was refused is not ours, unless it was before: another may have registered it over the API.
  const owned = new Set(before.map(declarations.key));
  const ours = present.filter((each) => {
    const key = declarations.key(each);
    return owned.has(key) || !refusals.has(key);
  });
  await store.commit(remember, ours, by);
  return {
    refused: inWords([...refusals]),
    declared: present.map(declarations.key).filter(isNotIn(refusals)).map(named),
    takenBack: gone.map(declarations.key).map(named),
  };
}

function isNotIn(refusals: ReadonlyMap<string, string>): (key: string) => boolean {
  return (key) => !refusals.has(key);
}

function inWords(refusals: Refusals): readonly string[] {
  return refusals.map(([key, message]) => `${named(key)}: ${message}`);
}

function named(key: string): string {
  return `${key.replace('/', ' "')}"`;
}

function forbiddenScripts({
  services,
  checks,
  scriptChecks,
}: Pick<AgentConfig, 'services' | 'checks' | 'scriptChecks'>): Refusals {
  const declaredChecks = [
    ...services.map(({ service, sidecar, checks: own }) => {
      const all = [...own, ...(sidecar?.checks ?? [])];
      return { kind: 'service', id: service.id, all } as const;
    }),
    ...checks.map((check) => ({ kind: 'check', id: check.checkId, all: [check] }) as const),
  ];
  return declaredChecks.flatMap(({ all, ...declaration }) => {
    const why = all.map((check) => refusedFromFile(check, scriptChecks)).find(Boolean);
    return why === undefined ? [] : [[declarations.key(declaration), why] as const];
  });
}

function declared({ services, checks }: Pick<AgentConfig, 'services' | 'checks'>): Declaration[] {
  return [
    ...services.map(({ service: { id } }) => ({ kind: 'service' as const, id })),
    ...checks.map(({ checkId: id }) => ({ kind: 'check' as const, id })),
  ];
}

/** Why declarations were refused, by their keys. */
type Refusals = readonly (readonly [key: string, message: string])[];

async function registerServices(
  store: Store,
  node: string,
  { services, ports }: Pick<AgentConfig, 'services' | 'ports'>,
): Promise<Refusals> {
  const sidecarPorts = { min: ports.sidecarMin, max: ports.sidecarMax };
  const outcomes = services.map(async (registration) => {
    const input = { node, registration, replaceExistingChecks: true, sidecarPorts };
    const declaration = { kind: 'service', id: registration.service.id } as const;
    return refusal(declaration, await store.commit(registerService, input, by));
  });
  return (await Promise.all(outcomes)).flat();
}

async function registerChecks(
  store: Store,
  node: string,
  { checks }: Pick<AgentConfig, 'checks'>,
): Promise<Refusals> {
  const outcomes = checks.map(async ({ serviceId = '', ...check }) => {
    const declaration = { kind: 'check', id: check.checkId } as const;
    return refusal(declaration, await store.commit(registerCheck, { node, serviceId, check }, by));
  });
  return (await Promise.all(outcomes)).flat();
}

async function takeBack(store: Store, node: string, { kind, id }: Declaration): Promise<void> {
  await (kind === 'service'
    ? store.commit(deregisterService, { node, serviceId: id }, by)
    : store.commit(deregisterCheck, { node, checkId: id }, by));
}

function refusal(declaration: Declaration, committed: Committed<unknown>): Refusals {
  return committed.ok ? [] : [[declarations.key(declaration), committed.refusal.message]];
}
