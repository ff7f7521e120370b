import { freePorts } from './free-ports.ts';

/** The names and ports of a mesh, before any of it runs. */
export interface Plan {
  readonly sources: readonly { name: string; sidecarPort: number; bindPort: number }[];
  readonly instances: readonly { id: string; port: number; sidecarPort: number; extra: string }[];
}

/** What of a mesh is asked for. */
export interface PlanOptions {
  readonly sources?: readonly string[];
  readonly instances?: number;
  readonly instanceConfig?: (id: string) => string;
}

/** Gives everything a name and a free port. */
export async function planMesh(options: PlanOptions): Promise<Plan> {
  const names = options.sources ?? ['web'];
  const ids = Array.from({ length: options.instances ?? 1 }, (_, n) =>
    n === 0 ? 'db' : `db-${n + 1}`,
  );
  const ports = await freePorts(2 * (names.length + ids.length));
  const next = (): number => ports.pop() ?? 0;
  return {
    sources: names.map((name) => ({ name, sidecarPort: next(), bindPort: next() })),
    instances: ids.map((id) => ({
      id,
      port: next(),
      sidecarPort: next(),
      extra: options.instanceConfig?.(id) ?? '',
    })),
  };
}

/** The configuration file that declares the mesh. */
export function meshConfig({ sources, instances }: Plan): string {
  return [...sources.map(sourceBlock), ...instances.map(instanceBlock)].join('\n');
}

function sourceBlock({ name, sidecarPort, bindPort }: Plan['sources'][number]): string {
  return `services {
  name = "${name}"
  port = 8080
  connect {
    sidecar_service {
      port = ${sidecarPort}
      proxy {
        upstreams {
          destination_name = "db"
          local_bind_port = ${bindPort}
        }
      }
    }
  }
}`;
}

function instanceBlock({ id, port, sidecarPort, extra }: Plan['instances'][number]): string {
  return `services {
  id = "${id}"
  name = "db"
  port = ${port}
  connect {
    sidecar_service {
      port = ${sidecarPort}
    }
  }
  ${extra}
}`;
}
