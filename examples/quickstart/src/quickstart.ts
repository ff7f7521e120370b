import { temporaryFolder } from '@chancery/testing';
import { cast } from './cast.ts';
import { provideEnvoy } from './envoy.ts';
import type { QuickstartOptions } from './options.ts';
import type { Screen } from './screen.ts';
import { chooseSite, type Site, takenPorts } from './site.ts';
import type { Stage } from './stage.ts';
import { story } from './story.ts';
import { tell } from './tell.ts';

/** What the quickstart is run with. */
export interface Run {
  readonly options: QuickstartOptions;
  readonly screen: Screen;
  /** Told the one sentence when it cannot be told. */
  readonly complain: (sentence: string) => void;
  readonly environment: NodeJS.ProcessEnv;
  /** Aborted when the user wants to end. */
  readonly signal: AbortSignal;
}

const interrupted = 130;

/**
 * Tells the walkthrough on two real Envoys and answers with the exit code: 0 only when every step held. When it
 * returns, nothing of it is left: no process, no port, no file.
 */
export async function quickstart(run: Run): Promise<number> {
  const { options, screen, complain, signal } = run;
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const site = await chooseSite(options.portOffset, folder.path);
  const taken = await takenPorts(site);
  if (taken !== undefined) return refuse(complain, taken);
  screen.line();
  screen.line('  Chancery: two services, a deny, and what it does');
  screen.line();
  const without = await provideEnvoy(screen, run.environment);
  if (without !== undefined) return refuse(complain, without);
  screen.line();
  const stage: Stage = { site, stack, signal };
  const held = await tell([...cast, ...story], stage, screen);
  screen.line();
  if (signal.aborted) return interrupted;
  if (!held) return refuse(complain, 'That step did not hold; what came before it did.');
  screen.line('  Every step held.');
  if (!options.once) {
    await stay(site, screen, signal);
    await stack.disposeAsync();
    screen.line('  Everything has ended.');
  }
  screen.line();
  return 0;
}

function refuse(complain: (sentence: string) => void, sentence: string): number {
  complain(sentence);
  return 1;
}

async function stay(site: Site, screen: Screen, signal: AbortSignal): Promise<void> {
  const { ports, httpAddress } = site;
  screen.line('  It all stays up until Ctrl-C. In another terminal:');
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
