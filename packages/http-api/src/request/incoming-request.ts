import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CommittedBy, Principal } from '@chancery/store';
import type { HttpApiDependencies } from '../dependencies.ts';
import type { ApiRequest, Body } from '../route.ts';
import { readJson } from './body.ts';
import type { ReadOptions } from './read-options.ts';
import { reasonOf } from './reason.ts';
import type { RouteTarget } from './target.ts';

/** What a request came with, and is answered with. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly api: Pick<HttpApiDependencies, 'maxBodyBytes'>;
}

const defaultMaxBodyBytes = 1024 * 1024;

/** A request as a route sees it; what most routes never ask for is made when one does. */
export class IncomingRequest implements ApiRequest {
  readonly target: RouteTarget;
  readonly principal: Principal;
  readonly #exchange: Exchange;
  #gone: AbortController | undefined;

  constructor(target: RouteTarget, principal: Principal, exchange: Exchange) {
    this.target = target;
    this.principal = principal;
    this.#exchange = exchange;
  }

  get params(): Readonly<Record<string, string>> {
    return this.target.params;
  }

  get query(): URLSearchParams {
    return this.target.query;
  }

  get by(): CommittedBy {
    const { principal, target } = this;
    const reason = reasonOf(this.#exchange.request.headers, target.query);
    return { principal, why: target.why, ...(reason !== undefined && { reason }) };
  }

  get options(): ReadOptions {
    return this.target.options;
  }

  get gone(): AbortSignal {
    this.#gone ??= goneWith(this.#exchange.response);
    return this.#gone.signal;
  }

  readonly body = (): Promise<Body> => {
    const { request, api } = this.#exchange;
    return readJson(request, api.maxBodyBytes ?? defaultMaxBodyBytes);
  };
}

function goneWith(response: ServerResponse): AbortController {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone;
}
