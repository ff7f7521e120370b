import { checkMethods } from './http-methods.ts';
import type {
  HeaderPermission,
  HttpPermission,
  IntentionPermission,
} from './intention-permission.ts';
import { checkPath } from './path-match.ts';
import { each, inside, type Tell } from './problem.ts';

/** Refuses a permission that says nothing, or too much; `place` begins the sentences. */
export function checkPermission(permission: IntentionPermission, place: string, tell: Tell): void {
  const { action, http } = permission;
  if (action !== 'allow' && action !== 'deny') {
    tell(['action'], `${place}.Action must be set to 'allow' or 'deny'`);
  }
  if (http === undefined) tell(['http'], `${place}.HTTP is required`);
  else checkHttp(http, `${place}.HTTP`, inside(tell, 'http'));
}

function checkHttp(http: HttpPermission, place: string, tell: Tell): void {
  const { pathExact, pathPrefix, pathRegex, header, methods } = http;
  if (!(pathExact || pathPrefix || pathRegex || header.length > 0 || methods.length > 0)) {
    tell([], `${place} should not be empty`);
  }
  checkPath(http, { block: place, member: `${place}.` }, tell);
  each(header, tell, 'header', (looks, at, index) =>
    checkHeader(looks, `${place}.Header[${index}]`, at),
  );
  checkMethods(methods, `${place}.`, tell);
}

function checkHeader(header: HeaderPermission, place: string, tell: Tell): void {
  const { name, present, exact, prefix, suffix, contains, regex, ignoreCase } = header;
  if (!name) tell([], `${place} missing required Name field`);
  if ([present, exact, prefix, suffix, contains, regex].filter(Boolean).length !== 1) {
    const kinds = 'Present, Exact, Prefix, Suffix, Contains, or Regex';
    tell([], `${place} should only contain one of ${kinds}`);
  }
  if (ignoreCase && (present || regex)) {
    const kinds = 'Exact, Prefix, Suffix, or Contains';
    tell(['ignoreCase'], `${place} should set one of ${kinds} when using IgnoreCase`);
  }
}
