import { stringify } from 'yaml';
import type { Compiled } from '../resource.ts';
import { createTranslator, type TranslatorOptions } from '../translator.ts';
import { readCase } from './golden-case.ts';

/** What a snapshot in the spelling of the golden cases becomes. */
export function compiledCase(written: object, options?: TranslatorOptions): Compiled {
  return createTranslator(options).compile(readCase(stringify(written)));
}
