import { dial, talk, until } from '@chancery/testing';
import { present, type Stage, type Step } from './stage.ts';

const firstConnectionWithinMs = 15_000;
const effectWithinMs = 5000;
const silenceMs = 300;

/** The story of the page, from connectivity over a deny to connectivity restored. */
export const story: readonly Step[] = [
  {
    title: 'web reaches db: “Hello World!” comes back over mTLS',
    byHand: ({ ports }) => `nc localhost ${ports.upstream}`,
    async act(stage) {
      await until(() => echoes(stage), {
        withinMs: firstConnectionWithinMs,
        what: 'web reached db',
        unless: () => stage.signal.aborted,
      });
      if (await bypasses(stage))
        throw new Error("db's sidecar let in a caller without a certificate");
      stage.before = stage.stack.use(dial(stage.site.ports.upstream));
      return await echoOver(stage);
    },
  },
  {
    title: 'Created: web => db (deny)',
    byHand: ({ httpAddress }) => `bin/chancery intention create -deny${httpAddress} web db`,
    act: (stage) =>
      command(stage, ['intention', 'create', '-deny', 'web', 'db'], 'Created: web => db (deny)\n'),
  },
  {
    title: 'New connections are denied, at once',
    byHand: ({ ports }) => `nc localhost ${ports.upstream}`,
    async act(stage) {
      const { elapsedMs } = await until(async () => !(await echoes(stage)), {
        withinMs: effectWithinMs,
        what: 'a new connection was denied',
        unless: () => stage.signal.aborted,
      });
      for (let i = 0; i < 3; i++) {
        if (await echoes(stage)) throw new Error('a new connection got an answer');
      }
      return elapsedMs;
    },
  },
  {
    title: 'The connection opened before is still alive',
    byHand: ({ ports }) => `nc localhost ${ports.upstream}   (the one from before)`,
    act: echoOver,
  },
  {
    title: 'Intention deleted.',
    byHand: ({ httpAddress }) => `bin/chancery intention delete${httpAddress} web db`,
    act: (stage) => command(stage, ['intention', 'delete', 'web', 'db'], 'Intention deleted.\n'),
  },
  {
    title: 'web reaches db again',
    byHand: ({ ports }) => `nc localhost ${ports.upstream}`,
    async act(stage) {
      const { elapsedMs } = await until(() => echoes(stage), {
        withinMs: effectWithinMs,
        what: 'web reached db again',
        unless: () => stage.signal.aborted,
      });
      return elapsedMs;
    },
  },
];

/** Whether a new connection through web's sidecar gets its words back. */
async function echoes({ site }: Stage): Promise<boolean> {
  const { verdict } = await talk(site.ports.upstream, 'Hello World!', silenceMs);
  if (verdict === 'refused') throw new Error("web's sidecar does not listen");
  return verdict === 'echo';
}

/** Whether a caller that speaks no mTLS gets an answer from db's sidecar. */
async function bypasses({ site }: Stage): Promise<boolean> {
  return (await talk(site.ports.dbSidecar, 'Hello World!', silenceMs)).verdict === 'echo';
}

/** Speaks over the connection that was opened first, and answers how long the echo took. */
async function echoOver(stage: Stage): Promise<number> {
  const { verdict, elapsedMs } = await present(stage.before).exchange('Hello World!');
  if (verdict !== 'echo') throw new Error(`the connection is ${verdict}`);
  return elapsedMs;
}

/** Runs one command of the command line, holds it to the line it prints, and answers how long it took. */
async function command(stage: Stage, words: readonly string[], expected: string): Promise<number> {
  const start = performance.now();
  const { code, output } = await present(stage.agent).cli(...words);
  if (code !== 0 || output !== expected) throw new Error(`exit code ${code}: ${output.trim()}`);
  return performance.now() - start;
}
