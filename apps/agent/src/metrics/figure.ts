/** Labels of a reading. Their values must come from a set that no client can enlarge. */
export type Labels = Readonly<Record<string, string>>;

/** One value under its labels. */
export interface Reading {
  readonly labels: Labels;
  readonly value: number;
}

/** Something about the agent that can be read off at any time. */
export interface Figure {
  /** A counter only grows while the agent runs. */
  readonly kind: 'gauge' | 'counter';
  /** As Consul's JSON writes it: `consul.state.nodes`. */
  readonly name: string;
  /** One sentence for whoever builds a dashboard. */
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: () => number | readonly Reading[];
}

/** What a figure says now, with the labels it has. */
export function readingsOf({ read }: Figure): readonly Reading[] {
  const found = read();
  return typeof found === 'number' ? [{ labels: {}, value: found }] : found;
}

/**
 * A figure's name in Prometheus' text. Consul's names are kept as its own Prometheus sink spells them;
 * ours end in `_total` where they count, as Prometheus asks for.
 */
export function prometheusName(name: string, kind: 'gauge' | 'counter' | 'sample'): string {
  const plain = name.replace(/[^a-zA-Z0-9]/g, '_');
  return kind === 'counter' && plain.startsWith('chancery_') ? `${plain}_total` : plain;
}
