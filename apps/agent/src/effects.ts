import type { Monitor } from '@chancery/http-api';
import type { TranslatorOptions } from '@chancery/xds-translator';
import type { Log } from './log/log.ts';

/** What the agent takes from the outside, so that a test can put its own in the place. */
export interface Effects {
  readonly log: Log;
  /** Follows that log. */
  readonly monitor: Monitor;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** A fresh UUID. */
  readonly newId: () => string;
  /** Steps of the translation, where one is to fail. */
  readonly translation?: TranslatorOptions;
}
