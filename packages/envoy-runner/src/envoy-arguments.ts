const hotRestartOptions = [
  '--restart-epoch',
  '--hot-restart-version',
  '--parent-shutdown-time-s',
  '--base-id',
  '--base-id-path',
  '--use-dynamic-base-id',
  '--disable-hot-restart',
];

/**
 * Envoy's arguments for one run. Hot restart is off unless the user asks for it: it shares memory between all
 * Envoys of a host, and a second sidecar would not start.
 */
export function envoyArguments(bootstrapPath: string, passedThrough: readonly string[]): string[] {
  const asksForIt = passedThrough.some((argument) => {
    const [option = ''] = argument.split('=');
    return hotRestartOptions.includes(option);
  });
  return [
    '--config-path',
    bootstrapPath,
    ...(asksForIt ? [] : ['--disable-hot-restart']),
    ...passedThrough,
  ];
}
