/** What tells whether a person sits at a terminal. */
export interface Surroundings {
  readonly hasTerminal: boolean;
  readonly environment: { readonly CI?: string | undefined; readonly TERM?: string | undefined };
}

/** Whether a screen can be shown: pipes, build servers and terminals without a cursor are given lines. */
export function isInteractive({
  hasTerminal,
  environment: { CI = '', TERM },
}: Surroundings): boolean {
  const isBuildServer = !['', '0', 'false'].includes(CI);
  return hasTerminal && !isBuildServer && TERM !== 'dumb';
}
