import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between an Envoy and its agent, and can make the agent deaf. */
export interface AgentRelay extends AsyncDisposable {
  readonly port: number;
  /** From now on nothing that Envoy says reaches the agent; what the agent says still reaches Envoy. */
  hold(): void;
  /** Passes on what was held, and both ways again. */
  release(): void;
  /** For how long Envoy has said nothing, in milliseconds. */
  quietMs(): number;
}

interface RelayState {
  readonly sockets: Set<Socket>;
  held: boolean;
  heardAt: number;
}

/** Passes bytes between those who connect and a port of the loopback interface; as long as nobody listens there, it hangs up. */
export async function agentRelay(agentPort: number): Promise<AgentRelay> {
  const state: RelayState = { sockets: new Set(), held: false, heardAt: 0 };
  const server = createServer((near) => relay(near, agentPort, state));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    hold: () => {
      state.held = true;
      for (const socket of state.sockets) socket.pause();
    },
    release: () => {
      state.held = false;
      for (const socket of state.sockets) socket.resume();
    },
    quietMs: () => performance.now() - state.heardAt,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of state.sockets) socket.destroy();
      await closed;
    },
  };
}

function relay(near: Socket, agentPort: number, state: RelayState): void {
  const far = connect({ port: agentPort, host: '127.0.0.1', noDelay: true });
  near.setNoDelay(true);
  state.sockets.add(near);
  const end = (): void => {
    if (!state.sockets.delete(near)) return;
    near.destroy();
    far.destroy();
  };
  for (const socket of [near, far]) socket.on('error', end).on('close', end);
  near.on('data', (bytes) => {
    state.heardAt = performance.now();
    far.write(bytes);
  });
  far.on('data', (bytes) => near.write(bytes));
  if (state.held) near.pause();
}
