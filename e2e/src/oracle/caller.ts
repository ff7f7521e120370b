import {
  type ConnectionOptions,
  connect,
  createSecureContext,
  type PeerCertificate,
} from 'node:tls';
import type { Client } from '@chancery/client';
import { serviceRef, serviceSni, serviceSpiffeId } from '@chancery/identity';

/** Whether an echo came back, or the connection was ended without a byte. */
export type Verdict = 'echo' | 'closed';

/** What came of dialling, and the port that was dialled from. */
export interface Dialled {
  readonly verdict: Verdict;
  readonly from: number;
}

/** Where a destination is dialled: the public listener of its sidecar. */
export interface Door {
  readonly service: string;
  readonly port: number;
}

/** A service that dials others with its own certificate, as its sidecar would. */
export interface Caller {
  /** Sends a text and waits for what comes of it. Rejects when it is neither verdict: TLS failed, or nothing came. */
  dial(door: Door, text: string): Promise<Dialled>;
}

const datacenter = 'dc1';
const patienceMs = 5000;

/** Takes a certificate from the agent and dials with it. */
export async function callerAs(source: string, client: Client): Promise<Caller> {
  const [{ value: leaf }, { value: roots }] = await Promise.all([
    client.connect.leaf(source),
    client.connect.roots(),
  ]);
  const { TrustDomain } = roots;
  const secureContext = createSecureContext({
    cert: leaf.CertPEM,
    key: leaf.PrivateKeyPEM,
    ca: roots.Roots.map((root) => root.RootCert),
  });
  return {
    dial: ({ service, port }, text) =>
      outcome(text, `${service}: ${text}`, {
        ...{ host: '127.0.0.1', port, secureContext },
        servername: serviceSni({ service: serviceRef(service), datacenter }, TrustDomain),
        checkServerIdentity: (_, certificate) =>
          notOf(serviceSpiffeId(TrustDomain, serviceRef(service), datacenter), certificate),
      }),
  };
}

/** A verdict counts only if the peer is who it should be. */
function notOf(spiffeId: string, { subjectaltname }: PeerCertificate): Error | undefined {
  return subjectaltname === `URI:${spiffeId}`
    ? undefined
    : new Error(`dialled ${spiffeId}, but met ${subjectaltname}`);
}

function outcome(text: string, answer: string, options: ConnectionOptions): Promise<Dialled> {
  const { promise, resolve, reject } = Promise.withResolvers<Verdict>();
  let from = 0;
  const socket = connect(options, () => {
    from = socket.localPort ?? 0;
    socket.write(text);
  });
  let received = '';
  socket.on('data', (bytes) => {
    received += bytes.toString();
    if (received === answer) resolve('echo');
  });
  socket.on('end', () =>
    received === ''
      ? resolve('closed')
      : reject(new Error(`only ${JSON.stringify(received)} came`)),
  );
  // A connection that is ended while bytes are under way may be reset; that Envoy meant it is told by its counters.
  socket.on('error', (error: NodeJS.ErrnoException) =>
    error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve('closed') : reject(error),
  );
  socket.setTimeout(patienceMs, () => reject(new Error(`no answer to ${JSON.stringify(text)}`)));
  return promise.then((verdict) => ({ verdict, from })).finally(() => socket.destroy());
}
