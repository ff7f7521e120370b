import { inside, repeats, type Tell } from './problem.ts';

/** The methods that Consul knows. */
const httpMethods = new Set([
  ...['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'],
]);

/** Whether a text in capitals is a method that Consul knows. */
export function isHttpMethod(method: string): boolean {
  return httpMethods.has(method);
}

/** Refuses unknown methods, and those that stand twice; `place` begins the sentence. */
export function checkMethods(methods: readonly string[], place: string, tell: Tell): void {
  const twice = repeats(methods);
  for (const [index, method] of methods.entries()) {
    const at = inside(tell, 'methods', index);
    if (!isHttpMethod(method)) at([], `${place}Methods contains an invalid method "${method}"`);
    else if (twice.has(index)) {
      at([], `${place}Methods contains "${method}" more than once`);
    }
  }
}
