import { open } from 'node:fs/promises';
import { until } from '@chancery/testing';

/** Where each Envoy writes its access log, below the folder that it runs in. */
export const logFile = 'access.log';

/** Has all proxies log what they serve, in the format that is used where nobody gives one. */
export const accessLogs: string = `config_entries {
  bootstrap {
    kind = "proxy-defaults"
    name = "global"
    access_logs {
      enabled = true
      type = "file"
      path = "${logFile}"
    }
  }
}`;

/** A connection that an Envoy judged. */
export interface Judged {
  readonly source: string;
  /** The port that was dialled from. */
  readonly from: number;
  /** What the log is to have as the reason; none while the state is changing. */
  readonly decision: string | undefined;
}

/** The access log of one Envoy, and the connections that are to be in it. */
export interface DecisionLog {
  note(judged: Judged): void;
  /** Waits for a line about each connection that was noted since it was read last; gives each with the reason in its line. */
  read(): Promise<readonly (Judged & { readonly logged: string | null })[]>;
}

interface Line {
  readonly source: string | null;
  readonly intention?: string | null;
  readonly downstream_remote_address: string;
}

/** The log at a path, which need not be there yet. */
export function decisionLog(path: string): DecisionLog {
  let noted: Judged[] = [];
  const lines = tail(path);
  return {
    note: (judged) => noted.push(judged),
    async read() {
      const awaited = noted;
      noted = [];
      const found = new Map<string, Line[]>();
      const wanted = new Map<string, number>();
      for (const judged of awaited) {
        wanted.set(keyOf(judged), (wanted.get(keyOf(judged)) ?? 0) + 1);
      }
      const isThere = async (): Promise<boolean> => {
        for (const line of await lines()) {
          const key = keyOfLine(line);
          found.set(key, [...(found.get(key) ?? []), line]);
        }
        return [...wanted].every(([key, count]) => (found.get(key)?.length ?? 0) >= count);
      };
      await until(isThere, { withinMs: 5000, what: `${path} told of each connection` });
      return awaited.map((judged) => {
        const line = found.get(keyOf(judged))?.shift();
        return { ...judged, logged: line?.intention ?? null };
      });
    },
  };
}

function keyOf({ source, from }: Judged): string {
  return `${source} ${from}`;
}

function keyOfLine({ source, downstream_remote_address: remote }: Line): string {
  return `${source?.split('/').at(-1)} ${remote.split(':').at(-1)}`;
}

/** The lines that were added to a file since it was read last. */
function tail(path: string): () => Promise<readonly Line[]> {
  let position = 0;
  let rest = '';
  return async () => {
    await using file = await open(path).catch(() => undefined);
    if (file === undefined) return [];
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(size - position),
      position,
    });
    position += bytesRead;
    const added = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
    rest = added.pop() ?? '';
    return added.map((line) => JSON.parse(line) as Line);
  };
}
