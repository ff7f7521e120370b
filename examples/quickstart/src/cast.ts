import { isAbsolute, join } from 'node:path';
import { agentUnderTest, checkout, echoService, type Plane, sidecar } from '@chancery/testing';
import { present, type Step } from './stage.ts';

/** The steps that bring everybody on stage, with sidecars of that plane. */
export function cast(plane: Plane): readonly Step[] {
  return [agent, echo, besideOf(plane, 'web', 'webAdmin'), besideOf(plane, 'db', 'dbAdmin')];
}

const agent: Step = {
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
};

const echo: Step = {
  title: 'An echo service plays db',
  byHand: ({ ports }) => `socat TCP-LISTEN:${ports.db},fork,reuseaddr EXEC:cat`,
  act: (stage) =>
    timed(async () => {
      stage.stack.use(await echoService({ port: stage.site.ports.db }));
    }),
};

function besideOf(plane: Plane, service: string, admin: 'webAdmin' | 'dbAdmin'): Step {
  const isEnvoy = plane === 'envoy';
  return {
    title: `${isEnvoy ? 'Envoy' : 'A sidecar'} serves beside ${service}`,
    byHand: ({ ports, httpAddress, grpcAddress }) => {
      const command = isEnvoy ? 'connect envoy' : 'connect proxy';
      const bind = isEnvoy ? adminBind(ports[admin]) : '';
      return `bin/chancery ${command} -sidecar-for ${service}${bind}${httpAddress}${grpcAddress}`;
    },
    act: (stage) =>
      timed(async () => {
        const { signal, site } = stage;
        const setting = { agent: present(stage.agent), for: service, signal };
        stage.stack.use(
          isEnvoy
            ? await sidecar({ ...setting, adminPort: site.ports[admin] })
            : await sidecar({ ...setting, plane }),
        );
      }),
  };
}

/** The flag is left out where the port is the usual one. */
function adminBind(port: number): string {
  return port === 19000 ? '' : ` -admin-bind localhost:${port}`;
}

async function timed(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
