import type { Violation } from '../layering.ts';
import type { ConsumerModule } from './consumer-project.ts';

/**
 * What the compiler says of our declarations and of the modules that use them. The declarations of
 * others are left to others: some ask for the types of a browser.
 */
export function typeFaults(output: string, modules: readonly ConsumerModule[]): Violation[] {
  const headlines = output.split('\n').filter((line) => /^\S/.test(line));
  return headlines.flatMap((line) => {
    const [, file, what] = /^(.*)\(\d+,\d+\): (error .*)$/.exec(line) ?? [];
    if (file === undefined || what === undefined) return [{ where: 'tsc', what: line }];
    const [, name, path] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)/.exec(file) ?? [];
    if (name === undefined) return [{ where: userOf(file, modules), what }];
    return name.startsWith('@chancery/') ? [{ where: `${name}/${path}`, what }] : [];
  });
}

function userOf(file: string, modules: readonly ConsumerModule[]): string {
  const user = modules.find(({ stem }) => file === `src/${stem}.ts`);
  return user ? `${user.package}, ${user.what}` : file;
}
