import type { State } from '../state/state.ts';
import type { Action } from './action.ts';
import { arrangements } from './arrange.ts';
import { ways } from './go.ts';
import { moves } from './move.ts';
import { openings } from './open.ts';
import { writes } from './write.ts';

const menu: Action = {
  keys: ['?'],
  name: 'menu',
  about: 'Search everything that can be done here, and do it',
  rank: 10,
  applies: () => true,
  run: (state) => ({ ...state, mode: { kind: 'menu', text: '', position: 0 } }),
};

/** Everything keys do while nothing is being typed. The first that applies is meant. */
export const actions: readonly Action[] = [
  ...writes,
  ...openings,
  ...arrangements,
  ...ways,
  ...moves,
  menu,
];

/** What a key does where the state is. */
export function actionOf(state: State, key: string): Action | undefined {
  return actions.find(({ keys, applies }) => keys.includes(key) && applies(state));
}

/** What the menu offers: what applies here and has the words that were typed. */
export function offered(state: State, text: string): readonly Action[] {
  const words = text.toLowerCase().split(/\s+/);
  return actions.filter(({ keys, name, about, applies }) => {
    const said = `${keys.join(' ')} ${name} ${about}`.toLowerCase();
    return applies(state) && words.every((word) => said.includes(word));
  });
}

/** A key as it is shown. */
export function keyLabel(key: string): string {
  return key === ' ' ? 'space' : key === 'escape' ? 'esc' : key;
}
