import type { ViewName } from '../views/views.ts';

/** What `:` leads to. */
export type Jump =
  | {
      readonly kind: 'view';
      readonly view: ViewName;
      readonly name: string;
      readonly asTable?: boolean;
    }
  | { readonly kind: 'explain'; readonly source: string; readonly destination: string }
  | { readonly kind: 'config'; readonly proxy: string }
  | { readonly kind: 'menu' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'wrong'; readonly message: string };

const words: Readonly<
  Record<string, ViewName | 'matrix' | 'explain' | 'config' | 'help' | 'quit'>
> = {
  overview: 'overview',
  ov: 'overview',
  proxies: 'proxies',
  proxy: 'proxies',
  px: 'proxies',
  services: 'services',
  service: 'services',
  svc: 'services',
  intentions: 'intentions',
  intention: 'intentions',
  int: 'intentions',
  matrix: 'matrix',
  certificates: 'certificates',
  certificate: 'certificates',
  certs: 'certificates',
  cert: 'certificates',
  history: 'history',
  events: 'history',
  hist: 'history',
  explain: 'explain',
  config: 'config',
  help: 'help',
  quit: 'quit',
  q: 'quit',
};

/** The words that are offered: each view once, and what can be done by name. */
export const jumpWords = [
  'overview',
  'proxies',
  'services',
  'intentions',
  'matrix',
  'certificates',
  'history',
  'explain',
  'config',
  'help',
  'quit',
] as const;

/** Reads `:proxies`, `:svc web`, `:explain web db`. A word may be cut short where what is meant is clear. */
export function readJump(text: string): Jump {
  const [first = '', name = '', other = ''] = text.trim().split(/\s+/);
  const word = meant(first.toLowerCase());
  if (word === undefined) {
    return { kind: 'wrong', message: `:${first} is not known: ${jumpWords.join(', ')}` };
  }
  if (word === 'help') return { kind: 'menu' };
  if (word === 'quit') return { kind: 'quit' };
  if (word === 'config') {
    return name === ''
      ? { kind: 'wrong', message: ':config needs the ID of a proxy' }
      : { kind: 'config', proxy: name };
  }
  if (word === 'explain') {
    return other === ''
      ? { kind: 'wrong', message: ':explain needs two services: a source and a destination' }
      : { kind: 'explain', source: name, destination: other };
  }
  if (word === 'matrix') return { kind: 'view', view: 'intentions', name, asTable: false };
  return { kind: 'view', view: word, name, ...(word === 'intentions' && { asTable: name !== '' }) };
}

/** What a word that is still being written may become. */
export function completions(text: string): readonly string[] {
  return text.includes(' ') ? [] : jumpWords.filter((word) => word.startsWith(text.toLowerCase()));
}

function meant(word: string): (typeof words)[string] | undefined {
  if (word === '') return undefined;
  if (Object.hasOwn(words, word)) return words[word];
  const candidates = completions(word);
  return candidates.length === 1 ? words[candidates[0] ?? ''] : undefined;
}
