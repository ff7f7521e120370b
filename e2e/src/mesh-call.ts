import type { AgentUnderTest } from '@chancery/testing';

/** What an RPC of the agent answers, asked as `curl` does it. */
export async function meshCall<Answer>(
  { ports }: Pick<AgentUnderTest, 'ports'>,
  call: string,
  request: object = {},
): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${ports.http}/chancery.mesh.v1.${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  if (!response.ok) throw new Error(`${call}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** How a proxy stands, as `ListProxies` tells it. */
export interface ToldProxy {
  readonly id: string;
  readonly streams: number;
  readonly userAgent: string;
  readonly streamSince?: string;
  readonly certificateExpiresAt?: string;
  readonly builtRevision: string;
  readonly acknowledgedRevision: string;
  readonly types: readonly ToldType[];
}

/** One type of it. */
export interface ToldType {
  readonly type: string;
  readonly state: string;
  readonly versionSent: string;
  readonly versionAcknowledged: string;
  readonly rejections: readonly {
    readonly reason: string;
    readonly resource: string;
    readonly path: string;
    readonly origin?: {
      readonly kind: string;
      readonly name: string;
      readonly path: string;
      readonly author: string;
    };
  }[];
}

/** The states of a proxy's types without their prefix: `{ cds: 'SYNCED', … }`. */
export function statesOf({ types }: ToldProxy): Readonly<Record<string, string>> {
  return Object.fromEntries(
    types.map(({ type, state }) => [type, state.replace('SYNC_STATE_', '')]),
  );
}
