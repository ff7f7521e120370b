import { type Plane, temporaryFolder } from '@chancery/testing';
import { cast } from './cast.ts';
import type { QuickstartOptions } from './options.ts';
import { providePlane, searchEnvoy } from './plane.ts';
import { naming, type Screen } from './screen.ts';
import { chooseSite, portsOn, type Site, takenPorts } from './site.ts';
import { story } from './story.ts';
import { tell } from './tell.ts';

/** What the quickstart is run with. */
export interface Run {
  readonly options: QuickstartOptions;
  readonly screen: Screen;
  /** Whether somebody sees what the screen says. */
  readonly hasTerminal: boolean;
  /** Told the one sentence when it cannot be told. */
  readonly complain: (sentence: string) => void;
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted when the user wants to end. */
  readonly signal: AbortSignal;
}

const interrupted = 130;

/**
 * Tells the walkthrough on two real Envoys, or on the built-in proxy where none can be had, and answers with the exit
 * code: 0 only when every step held. When it returns, nothing of it is left: no process, no port, no file.
 */
export async function quickstart(run: Run): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const site = await chooseSite(run.options.portOffset, folder.path);
  const search = await searchEnvoy(run.environment);
  if (!search.ok && search.reason === 'wrong') return refuse(run, search.message);
  // Before anything is downloaded; once more when it is, for then it may be known that more are needed.
  const taken = await takenPorts(portsOn(search.ok ? 'envoy' : 'builtin', site));
  if (taken !== undefined) return refuse(run, taken);
  run.screen.line();
  run.screen.line('  Chancery: two services, a deny, and what it does');
  run.screen.line();
  const plane = await providePlane(search, run.screen, run.environment);
  const alsoTaken = await takenPorts(portsOn(plane, site));
  if (alsoTaken !== undefined) return refuse(run, alsoTaken);
  return await perform(run, plane, site, stack);
}

async function perform(
  run: Run,
  plane: Plane,
  site: Site,
  stack: AsyncDisposableStack,
): Promise<number> {
  const { options, hasTerminal, signal } = run;
  const screen = plane === 'envoy' ? run.screen : naming('built-in proxy', run.screen);
  const on = plane === 'envoy' ? '' : ' on the built-in proxy';
  screen.line();
  const held = await tell([...cast(plane), ...story], { site, stack, signal }, screen);
  screen.line();
  if (signal.aborted) return interrupted;
  if (!held) return refuse(run, `That step did not hold${on}; what came before it did.`);
  screen.line(`  Every step held${on}.`);
  if (!options.once) {
    await stay(site, screen, on, signal);
    await stack.disposeAsync();
    screen.line('  Everything has ended.');
  }
  screen.line();
  if (plane === 'envoy' || hasTerminal || options.allowBuiltin) return 0;
  return refuse(run, notEnough);
}

const notEnough =
  'No real Envoy was part of it, so this is exit code 1: without a terminal the built-in proxy is enough only with --allow-builtin.';

function refuse({ complain }: Run, sentence: string): number {
  complain(sentence);
  return 1;
}

async function stay(site: Site, screen: Screen, on: string, signal: AbortSignal): Promise<void> {
  const { ports, httpAddress } = site;
  screen.line(`  It all stays up${on} until Ctrl-C. In another terminal:`);
  screen.line();
  screen.line(`      nc localhost ${ports.upstream}`);
  screen.line(`      bin/chancery intention create -deny${httpAddress} web db`);
  screen.line(`      bin/chancery intention check${httpAddress} web db`);
  screen.line(`      curl localhost:${ports.http}/v1/health/connect/db`);
  screen.line();
  screen.note(
    'With pnpm at hand, `pnpm cli intention …` is the same as `bin/chancery intention …`.',
  );
  if (!signal.aborted) {
    await new Promise((settle) => signal.addEventListener('abort', settle, { once: true }));
  }
  screen.line();
}
