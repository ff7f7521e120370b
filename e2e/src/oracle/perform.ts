import { type Destination, destinations, type Operation } from './operation.ts';
import { fence } from './oracle-mesh.ts';
import type { SequenceRun } from './sequence-run.ts';

/** Does one thing to the mesh, and to what is expected of it. */
export async function perform(run: SequenceRun, operation: Operation): Promise<void> {
  switch (operation.kind) {
    case 'write':
      return await write(run, operation);
    case 'delete':
      return await removeNth(run, operation.nth);
    case 'register':
      return await register(run, operation.service);
    case 'deregister':
      return await deregister(run, operation.service);
  }
}

/** Whether a service is one of those that are dialled. */
export function isDestination(service: string): service is Destination {
  return destinations.some((each) => each === service);
}

async function write(
  { mesh, expectation, story }: SequenceRun,
  { source, destination, action }: Extract<Operation, { kind: 'write' }>,
): Promise<void> {
  story.push(`write ${source} => ${destination} (${action})`);
  const body = { SourceName: source, DestinationName: destination, Action: action };
  if (expectation.intentions.has(`${source} => ${destination}`)) {
    await mesh.client.intentions.upsert(body);
  } else {
    await mesh.client.intentions.create(body);
  }
  expectation.write({ source, destination, action });
}

async function removeNth({ mesh, expectation, story }: SequenceRun, nth: number): Promise<void> {
  const present = [...expectation.intentions.values()].filter(({ source }) => source !== fence);
  const intention = present[nth % present.length];
  if (intention === undefined) return;
  story.push(`delete ${intention.source} => ${intention.destination}`);
  await mesh.client.intentions.delete(intention.source, intention.destination);
  expectation.remove(intention);
}

async function register({ mesh, expectation, story }: SequenceRun, service: string): Promise<void> {
  story.push(`register ${service}${mesh.registered.has(service) ? ' again' : ''}`);
  await mesh.register(service);
  if (isDestination(service)) expectation.thaw(service);
}

async function deregister(
  { mesh, expectation, story }: SequenceRun,
  service: string,
): Promise<void> {
  if (!mesh.registered.has(service)) return;
  story.push(`deregister ${service}`);
  if (isDestination(service)) expectation.freeze(service);
  await mesh.deregister(service);
  const gone = mesh.guarded.find((to) => to.service === service);
  if (gone !== undefined) await mesh.web.forgets(gone);
}
