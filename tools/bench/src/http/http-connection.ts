import { createConnection, type Socket } from 'node:net';
import { type Response, ResponseReader } from './response-reader.ts';

/** One connection to an agent, with one request at a time. */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #reader = new ResponseReader();
  readonly #host: string;
  #onResponse: (response: Response) => void = () => undefined;

  constructor(port: number, onFailure: (reason: unknown) => void) {
    this.#host = `127.0.0.1:${port}`;
    this.#socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('error', onFailure);
    this.#socket.on('close', () => onFailure('the agent closed a connection'));
    this.#socket.on('data', (piece: Buffer) => {
      const response = this.#reader.take(piece);
      if (response !== undefined) this.#onResponse(response);
    });
  }

  /** Sends a request, and calls back with its answer. */
  get(path: string, onResponse: (response: Response) => void): void {
    this.#onResponse = onResponse;
    this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: ${this.#host}\r\n\r\n`);
  }

  end(): void {
    this.#socket.removeAllListeners('close').destroy();
  }
}
