import { parseSync, Visitor } from 'oxc-parser';

/** A place where a source reads or changes the world. */
export interface Impurity {
  readonly what: string;
  readonly line: number;
}

const clocks = new Set(['Date.now', 'Math.random']);
const worldly = new Set([
  'process',
  'console',
  'performance',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Buffer',
]);

/** The clock, randomness, timers, console and environment that a pure package must be handed instead. */
export function impurities(file: string, text: string): Impurity[] {
  const found: Impurity[] = [];
  /** Offsets of identifiers that only name a member, a key or a type. */
  const names = new Set<number>();
  const report = (what: string, start: number) =>
    found.push({ what, line: text.slice(0, start).split('\n').length });
  new Visitor({
    NewExpression({ callee, arguments: { length }, start }) {
      if (callee.type === 'Identifier' && callee.name === 'Date' && length === 0) {
        report('new Date()', start);
      }
    },
    MemberExpression({ object, property, computed, start }) {
      if (!computed) names.add(property.start);
      if (object.type !== 'Identifier' || property.type !== 'Identifier') return;
      const member = `${object.name}.${property.name}`;
      if (clocks.has(member)) report(member, start);
    },
    Property({ key, shorthand }) {
      if (!shorthand) names.add(key.start);
    },
    TSPropertySignature({ key }) {
      names.add(key.start);
    },
    Identifier({ name, start }) {
      if (worldly.has(name) && !names.has(start)) report(name, start);
    },
  }).visit(parseSync(file, text).program);
  return found;
}
