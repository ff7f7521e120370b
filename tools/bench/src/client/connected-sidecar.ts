import { fromBinary } from '@bufbuild/protobuf';
import { DeltaDiscoveryResponseSchema } from '@chancery/envoy-api/envoy/service/discovery/v3/discovery';
import { type AdsStream, openAdsStream } from './ads-stream.ts';
import { Sidecar } from './sidecar.ts';

/** A sidecar on a stream of its own. */
export interface ConnectedSidecar extends Disposable {
  readonly sidecar: Sidecar;
}

/** Told after each response that was taken and acknowledged, and once when the stream ends by itself. */
export interface SidecarListener {
  readonly onTaken: (sidecar: Sidecar) => void;
  readonly onEnd: (reason: string) => void;
}

/** Connects a sidecar to the xDS server on a port. */
export function connectSidecar(
  port: number,
  proxyId: string,
  { onTaken, onEnd }: SidecarListener,
): ConnectedSidecar {
  const sidecar = new Sidecar(proxyId);
  let closed = false;
  const end = (reason: string): void => {
    if (!closed) onEnd(`${proxyId}: ${reason}`);
  };
  const stream: AdsStream = openAdsStream(port, {
    onMessage: (message) => {
      try {
        const requests = sidecar.take(fromBinary(DeltaDiscoveryResponseSchema, message));
        for (const request of requests) stream.send(request);
        onTaken(sidecar);
      } catch (error) {
        end(error instanceof Error ? error.message : String(error));
      }
    },
    onEnd: end,
  });
  stream.send(sidecar.hello());
  return {
    sidecar,
    [Symbol.dispose]: () => {
      closed = true;
      stream.close();
    },
  };
}
