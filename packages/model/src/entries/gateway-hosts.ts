/** What is wrong with the name of a host that a listener serves; undefined: nothing. As loose as Consul is. */
export function hostProblem(host: string): 'no-host' | 'wildcard' | undefined {
  if (host === '') return 'no-host';
  const rest = host.startsWith('*.') ? host.slice(2) : host;
  return rest.includes('*') ? 'wildcard' : undefined;
}
