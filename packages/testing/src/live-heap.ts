/** What a Node process holds when nothing is left that could be collected. */
export interface LiveHeap {
  /** Bytes of objects. */
  readonly used: number;
  /** Bytes outside the heap that objects hold: buffers, and what belongs to Node itself. */
  readonly outside: number;
}

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Has a Node process that was started with `--inspect=127.0.0.1:PORT` collect its garbage, and asks what
 * is left. Resident memory tells little of a leak: how much of it is garbage is the collector's own choice.
 */
export async function liveHeap(inspectorPort: number): Promise<LiveHeap> {
  const listed = await fetch(`http://127.0.0.1:${inspectorPort}/json/list`);
  const [target] = (await listed.json()) as { readonly webSocketDebuggerUrl: string }[];
  if (target === undefined) throw new Error(`nothing to inspect at port ${inspectorPort}`);
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  try {
    await opened(socket);
    // What finalizers let go of is collected by the second one.
    for (const _ of [1, 2]) await ask(socket, 'HeapProfiler.collectGarbage');
    const usage = (await ask(socket, 'Runtime.getHeapUsage')) as {
      readonly usedSize: number;
      readonly backingStorageSize: number;
      readonly embedderHeapUsedSize: number;
    };
    return {
      used: usage.usedSize,
      outside: usage.backingStorageSize + usage.embedderHeapUsedSize,
    };
  } finally {
    socket.close();
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the inspector does not answer')), {
      once: true,
    });
  });
}

let lastId = 0;

function ask(socket: WebSocket, method: string): Promise<unknown> {
  lastId += 1;
  const id = lastId;
  return new Promise((resolve, reject) => {
    const listen = ({ data }: MessageEvent): void => {
      const message = JSON.parse(String(data)) as Message;
      if (message.id !== id) return;
      socket.removeEventListener('message', listen);
      if (message.error) reject(new Error(`${method}: ${message.error.message}`));
      else resolve(message.result);
    };
    socket.addEventListener('message', listen);
    socket.send(JSON.stringify({ id, method }));
  });
}
