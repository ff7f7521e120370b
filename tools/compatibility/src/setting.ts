import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step } from './exchange.ts';

/** The services of the walkthrough with their sidecars, which everything is played on. */
export const services: readonly Step[] = [
  service(
    '{"Name":"web","Port":8080,"Connect":{"SidecarService":{"Proxy":{"Upstreams":[{"DestinationName":"db","LocalBindPort":9191}]}}}}',
  ),
  service('{"Name":"db","Port":9090,"Connect":{"SidecarService":{}}}'),
];

function service(body: string): Step {
  return { method: 'PUT', path: '/v1/agent/service/register', body, from: 'the walkthrough' };
}

/** The arguments of either agent beside its ports and the file. */
export const agentArguments: readonly string[] = ['-node', 'devnode'];

const files: Readonly<Record<string, string>> = {
  'ixn.json': '{"SourceName": "x", "DestinationName": "y", "Action": "deny"}',
  'pd.hcl': 'Kind = "proxy-defaults"\nName = "global"\nConfig {\n  protocol = "http"\n}\n',
  'si.hcl': `Kind = "service-intentions"
Name = "api"
Sources = [
  {
    Name = "web"
    Permissions = [
      {
        Action = "allow"
        HTTP { PathPrefix = "/v1" Methods = ["GET"] }
      }
    ]
  },
  { Name = "*" Action = "deny" }
]
`,
  'svc.hcl': 'service {\n  id = "api-1"\n  name = "api"\n  port = 7070\n}\n',
};

/** Writes the files that the commands name. */
export async function writeCommandFiles(folder: string): Promise<void> {
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)),
  );
}
