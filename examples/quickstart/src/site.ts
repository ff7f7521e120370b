import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkout, isFree, type Plane } from '@chancery/testing';

/** Every port of the walkthrough. */
export interface Ports {
  readonly http: number;
  readonly grpc: number;
  readonly webSidecar: number;
  readonly dbSidecar: number;
  readonly db: number;
  readonly upstream: number;
  readonly webAdmin: number;
  readonly dbAdmin: number;
}

/** Where the walkthrough takes place: its ports and its configuration file, as the commands name them. */
export interface Site {
  readonly ports: Ports;
  readonly configFile: string;
  /** ` -http-addr …` where the agent is not at its usual address, else nothing. */
  readonly httpAddress: string;
  /** The flags that move an agent to these ports, else nothing. */
  readonly agentPorts: string;
  /** ` -grpc-addr …` where the agent is not at its usual address, else nothing. */
  readonly grpcAddress: string;
}

const demo = 'examples/envoy_demo.hcl';

const usualPorts: Ports = {
  http: 8500,
  grpc: 8502,
  webSidecar: 21000,
  dbSidecar: 21001,
  db: 9090,
  upstream: 9191,
  webAdmin: 19000,
  dbAdmin: 19001,
};

/** The usual site, or one whose ports are all moved; its configuration file is then written into `folder`. */
export async function chooseSite(offset: number, folder: string): Promise<Site> {
  if (offset === 0) {
    return {
      ports: usualPorts,
      configFile: demo,
      httpAddress: '',
      agentPorts: '',
      grpcAddress: '',
    };
  }
  const moved = Object.entries(usualPorts).map(([name, port]) => [name, port + offset]);
  const ports = Object.fromEntries(moved) as Ports;
  const configFile = join(folder, 'envoy_demo.hcl');
  await writeFile(configFile, movedConfig(await readFile(`${checkout}${demo}`, 'utf8'), offset));
  return {
    ports,
    configFile,
    httpAddress: ` -http-addr 127.0.0.1:${ports.http}`,
    agentPorts: ` -http-port ${ports.http} -grpc-port ${ports.grpc}`,
    grpcAddress: ` -grpc-addr 127.0.0.1:${ports.grpc}`,
  };
}

/** The configuration with every port in it moved, and the range that sidecars are given ports from. */
export function movedConfig(text: string, offset: number): string {
  const services = text.replace(
    /\b(port|local_bind_port)(\s*=\s*)(\d+)/g,
    (_, key: string, equals: string, port: string) => key + equals + (Number(port) + offset),
  );
  const range = `ports {\n  sidecar_min_port = ${21000 + offset}\n  sidecar_max_port = ${21255 + offset}\n}\n`;
  return `${services}\n${range}`;
}

/** Only Envoy has an admin interface. */
const envoyAlone: readonly string[] = ['webAdmin', 'dbAdmin'];

/** The ports that the walkthrough listens on when its sidecars are of that plane. */
export function portsOn(plane: Plane, { ports }: Site): readonly number[] {
  const needed = Object.entries(ports).filter(
    ([name]) => plane === 'envoy' || !envoyAlone.includes(name),
  );
  return needed.map(([, port]) => port as number);
}

/** One sentence when something else listens on one of these ports. */
export async function takenPorts(ports: readonly number[]): Promise<string | undefined> {
  const taken: number[] = [];
  for (const port of ports) if (!(await isFree(port))) taken.push(port);
  if (taken.length === 0) return undefined;
  const named = taken.join(', ').replace(/, (\d+)$/, ' and $1');
  const subject = taken.length === 1 ? `Port ${named} is taken` : `Ports ${named} are taken`;
  return `${subject}: stop what uses ${taken.length === 1 ? 'it' : 'them'}, or move every port with --port-offset 1000.`;
}
