import type { ConfigSource } from './decode-agent-config.ts';

/** A flag of `agent` that says what a file can say too. */
export interface GivenFlag {
  /** As it is typed: `-http-port`. */
  readonly flag: string;
  /** The key it stands for: `['ports', 'http']`. */
  readonly path: readonly string[];
  /** As it was typed: a text, or a list or map of texts. */
  readonly value: unknown;
}

/** Flags as sources of configuration, one each, so that a mistake names its flag. */
export function flagSources(given: readonly GivenFlag[]): readonly ConfigSource[] {
  return given.map(({ flag, path, value }) => ({
    name: flag,
    value: path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
    weak: true,
  }));
}
