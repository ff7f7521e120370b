import { get } from 'node:http';

/** What Envoy's admin interface says, on the loopback interface. */
export interface EnvoyAdmin {
  /** Whether Envoy has its configuration and serves. */
  ready(): Promise<boolean>;
  /** The value of a counter or gauge; 0 when there is none of that name. */
  stat(name: string): Promise<number>;
  /** The text of any page, such as `/config_dump`. */
  page(path: string): Promise<string>;
}

/** The admin interface on a port. */
export function envoyAdmin(port: number): EnvoyAdmin {
  const page = async (path: string): Promise<string> => (await fetchText(port, path)).text;
  return {
    page,
    ready: async () => (await fetchText(port, '/ready')).status === 200,
    async stat(name) {
      const filter = `^${name.replaceAll('.', '\\.')}$`;
      const text = await page(`/stats?filter=${encodeURIComponent(filter)}`);
      return Number(/: (\d+)$/m.exec(text)?.[1] ?? 0);
    },
  };
}

function fetchText(port: number, path: string): Promise<{ status: number; text: string }> {
  return new Promise((settle, fail) => {
    const asked = get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => settle({ status: response.statusCode ?? 0, text }));
      response.on('error', fail);
    });
    asked.on('error', fail);
    asked.setTimeout(2000, () => asked.destroy(new Error('the admin interface does not answer')));
  });
}
