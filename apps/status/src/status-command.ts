import { askMesh, type Call, type Command, httpFlags, interruption } from '@chancery/cli';
import { isInteractive } from './terminal/is-interactive.ts';
import { type ViewName, viewNames } from './views/views.ts';

/** `chancery status` */
export const command: Command = {
  usage: '[-write] [-once] [-json] [-ascii] [-view=<name>]',
  about:
    'Shows the mesh on a screen that follows it: proxies and what they took or refused, services, who may reach whom and why, certificates, history. ? lists the keys. Where no person sits at a terminal it prints the present state as lines. Exit code: 0, also with warnings such as of a sidecar that is not connected, 1 if something is wrong with the mesh, 2 if the agent cannot be asked; of the screen 0.',
  examples: ['status', 'status -write', 'status -once -view=proxies', 'status -json'],
  flags: [
    {
      name: 'write',
      kind: 'switch',
      about: 'Let keys change intentions and roll back; each change is shown as a plan first.',
    },
    { name: 'once', kind: 'switch', about: 'Print the present state as lines and end.' },
    {
      name: 'json',
      kind: 'switch',
      about: 'Print an object a line as things change; with -once, only the present state.',
    },
    { name: 'ascii', kind: 'switch', about: 'Use no signs outside of ASCII.' },
    {
      name: 'view',
      kind: 'text',
      value: 'name',
      about: `The view to begin with: ${viewNames.join(', ')}; of lines, the only one.`,
      choices: viewNames,
      completes: viewNames,
    },
    ...httpFlags,
  ],
  arguments: 'none',
  failureCode: 2,
  run: runStatus,
};

/** Loads Ink only where there is a screen to paint on. */
async function runStatus(call: Call): Promise<number> {
  const { flags, io } = call;
  const view = flags.text('view') as ViewName | undefined;
  const tried = 'Error watching the mesh';
  if (flags.on('json') || flags.on('once') || !hasScreen()) {
    const print = await import('./lines/print-state.ts');
    return await askMesh(
      call,
      tried,
      async (mesh) => {
        if (!flags.on('json')) return await print.printLines(call, mesh, view);
        if (flags.on('once')) return await print.printJson(call, mesh);
        using interrupted = interruption();
        return await print.followJson(call, mesh, interrupted.signal);
      },
      2,
    );
  }
  const { showScreen } = await import('./screen/show-screen.ts');
  return await showScreen({
    connect: (work, { err }) => askMesh({ ...call, io: { ...io, err } }, tried, work, 2),
    mayWrite: flags.on('write'),
    ascii: flags.on('ascii'),
    view,
    complain: io.err,
  });
}

function hasScreen(): boolean {
  const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return isInteractive({ hasTerminal, environment: process.env });
}
