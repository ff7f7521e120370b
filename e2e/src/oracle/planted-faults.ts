import type { IntentionAction } from '@chancery/intentions';

/** One mistake in one line of the control plane's sources. */
export interface Fault {
  /** The end of the file's path. */
  readonly file: string;
  readonly line: string;
  readonly instead: string;
  /** The default policy under which it is looked for. */
  readonly defaultAction: IntentionAction;
}

/** Mistakes on the way from the intentions to Envoy. The agent runs with one of them, and is else the agent as it is. */
export const faults: Readonly<Record<string, Fault>> = {
  'a dropped NOT': {
    file: 'xds-translator/src/authorization.ts',
    line: 'except.map((name) => not(named(trustDomain, name)))',
    instead: 'except.map((name) => named(trustDomain, name))',
    defaultAction: 'allow',
  },
  'no exclusions': {
    file: 'intentions/src/compile-policy.ts',
    line: 'sources(deciding.slice(0, position))',
    instead: '[]',
    defaultAction: 'deny',
  },
  'a swapped action': {
    file: 'intentions/src/compile-policy.ts',
    line: "return action === 'allow' ? 'deny' : 'allow'",
    instead: 'return action',
    defaultAction: 'allow',
  },
  'any source before any destination': {
    file: 'intentions/src/precedence.ts',
    line: 'return source === WILDCARD ? 8 : 9',
    instead: 'return source === WILDCARD ? 5 : 9',
    defaultAction: 'deny',
  },
  'a dot that stands for any sign': {
    file: 'identity/src/literal.ts',
    line: String.raw`/[\\.+*?()|[\]{}^$]/g`,
    instead: String.raw`/[\\+*?()|[\]{}^$]/g`,
    defaultAction: 'allow',
  },
  'a decision that is logged under the name of another': {
    file: 'intentions/src/decision-clauses.ts',
    line: 'isWildcard ? [...named] : []',
    instead: '[]',
    defaultAction: 'deny',
  },
  'a change about all destinations that is taken for none': {
    file: 'config-entries/src/rules-to.ts',
    line: 'equal: sameJson',
    instead: `equal: (a, b) => {
      const own = ({ rules }) => rules.filter(({ precedence }) => precedence > 6);
      return sameJson(own(a), own(b));
    }`,
    defaultAction: 'allow',
  },
};

const planter = new URL('./plant-fault.ts', import.meta.url);

/** The environment in which an agent has a fault. */
export function plant(fault: Fault): NodeJS.ProcessEnv {
  return {
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import ${planter.href}`,
    CHANCERY_PLANTED_FAULT: JSON.stringify(fault),
  };
}
