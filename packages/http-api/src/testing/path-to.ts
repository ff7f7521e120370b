/** A path that leads to a route: something that there is in place of each of its parameters. */
export function pathTo(path: string): string {
  return path.replaceAll(/\*|:\w+/g, (parameter) =>
    parameter === ':kind' ? 'service-defaults' : 'web',
  );
}
