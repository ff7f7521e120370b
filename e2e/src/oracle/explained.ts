/** What of an explanation is held to Envoy, as JSON has it. */
export interface Explained {
  readonly allowed: boolean;
  readonly summary: string;
  readonly obstacles: readonly string[];
  readonly enforcing: readonly {
    readonly proxy: string;
    readonly allowed?: boolean;
    readonly logged: string;
    readonly state: string;
  }[];
}

/** Asks an agent why a connection is allowed or denied. */
export async function explained(
  port: number,
  source: string,
  destination: string,
): Promise<Explained> {
  const url = `http://127.0.0.1:${port}/chancery.mesh.v1.IntentionService/Explain`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source, destination }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Explained;
}
