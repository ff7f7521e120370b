import type { Flags } from '@chancery/cli';
import type { ConfigFormat, ConfigRequest } from '@chancery/config-files';
import type { GivenFlag, HostFacts } from '@chancery/model';
import { type SettingFlag, settingFlags } from './agent-flags.ts';
import { stateFolder } from './state-folder.ts';

/** What is to be read, or what is wrong with how it was asked for. */
export type AskedConfig =
  | { readonly ok: true; readonly request: ConfigRequest }
  | { readonly ok: false; readonly line: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the flags ask to be read. With no word about where its configuration or its state is, an
 * agent is the embedded one: durable below the user's state folder, on loopback, with xDS on 8502.
 */
export function configRequest(
  flags: Flags,
  environment: Environment,
  host: HostFacts,
): AskedConfig {
  const format = formatOf(flags.text('config-format'));
  if (format === 'unknown') {
    return { ok: false, line: "-config-format must be either 'hcl' or 'json'" };
  }
  const given = settingFlags.filter(({ name }) => flags.given(name));
  const wrong = given.flatMap((flag) => (flag.pairs ? wrongPairs(flag, flags) : []));
  if (wrong[0] !== undefined) return { ok: false, line: wrong[0] };
  const isEmbedded = !flags.given('dev', 'config-file', 'config-dir', 'hcl', 'data-dir');
  return {
    ok: true,
    request: {
      dev: flags.on('dev'),
      paths: flags.list('config-file', 'config-dir'),
      format,
      fragments: flags.list('hcl'),
      flags: [
        ...(isEmbedded ? embedded(environment) : []),
        ...given.map((flag) => givenFlag(flag, flags)),
      ],
      host,
    },
  };
}

function formatOf(text: string | undefined): ConfigFormat | undefined | 'unknown' {
  if (text === undefined || text === '') return undefined;
  return text === 'hcl' || text === 'json' ? text : 'unknown';
}

function embedded(environment: Environment): readonly GivenFlag[] {
  return [
    { flag: '-data-dir', path: ['data_dir'], value: stateFolder(environment) },
    { flag: '-grpc-port', path: ['ports', 'grpc'], value: '8502' },
    { flag: '-bind', path: ['bind_addr'], value: '127.0.0.1' },
  ];
}

function givenFlag(flag: SettingFlag, flags: Flags): GivenFlag {
  return { flag: `-${flag.name}`, path: flag.key.split('.'), value: typed(flag, flags) };
}

function typed({ name, kind, pairs }: SettingFlag, flags: Flags): unknown {
  if (pairs) return Object.fromEntries(flags.list(name).map(splitPair));
  return kind === 'list' ? flags.list(name) : flags.text(name);
}

function wrongPairs({ name }: SettingFlag, flags: Flags): readonly string[] {
  return flags
    .list(name)
    .filter((pair) => !pair.includes(':'))
    .map((pair) => `-${name}: expected key:value, found "${pair}"`);
}

function splitPair(pair: string): readonly [key: string, value: string] {
  const at = pair.indexOf(':');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
