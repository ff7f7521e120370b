import { isAbsolute, join } from 'node:path';
import { agentUnderTest, checkout, echoService, sidecar } from '@chancery/testing';
import { present, type Stage, type Step } from './stage.ts';

/** The steps that bring everybody on stage. */
export const cast: readonly Step[] = [
  {
    title: 'The agent answers',
    byHand: ({ agentPorts, configFile }) =>
      `bin/chancery agent -dev -config-file ${configFile}${agentPorts}`,
    async act(stage) {
      const { signal } = stage;
      const { ports, configFile } = stage.site;
      const file = isAbsolute(configFile) ? configFile : join(checkout, configFile);
      stage.agent = stage.stack.use(await agentUnderTest({ configFile: file, ports, signal }));
      return stage.agent.readyMs;
    },
  },
  {
    title: 'An echo service plays db',
    byHand: ({ ports }) => `socat TCP-LISTEN:${ports.db},fork,reuseaddr EXEC:cat`,
    act: (stage) =>
      timed(async () => {
        stage.stack.use(await echoService({ port: stage.site.ports.db }));
      }),
  },
  {
    title: 'Envoy serves beside web',
    byHand: ({ httpAddress, grpcAddress, ports }) =>
      `bin/chancery connect envoy -sidecar-for web${adminBind(ports.webAdmin)}${httpAddress}${grpcAddress}`,
    act: (stage) => timed(() => startSidecar(stage, 'web', stage.site.ports.webAdmin)),
  },
  {
    title: 'Envoy serves beside db',
    byHand: ({ httpAddress, grpcAddress, ports }) =>
      `bin/chancery connect envoy -sidecar-for db${adminBind(ports.dbAdmin)}${httpAddress}${grpcAddress}`,
    act: (stage) => timed(() => startSidecar(stage, 'db', stage.site.ports.dbAdmin)),
  },
];

/** The flag is left out where the port is the usual one. */
function adminBind(port: number): string {
  return port === 19000 ? '' : ` -admin-bind localhost:${port}`;
}

async function startSidecar(stage: Stage, service: string, adminPort: number): Promise<void> {
  const { signal } = stage;
  const agent = present(stage.agent);
  stage.stack.use(await sidecar({ agent, for: service, adminPort, signal }));
}

async function timed(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
