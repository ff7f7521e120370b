import { expect, test } from 'vitest';
import type { Offer } from './offer.ts';
import { shellLines } from './shell-lines.ts';
import type { Shell } from './shells.ts';

function words(before: string, ...values: string[]): Offer {
  const candidates = values.map((value) => ({ value, about: `about ${value}` }));
  return { kind: 'words', candidates, before };
}

function lines(shell: Shell, offer: Offer, text = ''): readonly string[] {
  return shellLines(shell, offer, { text, breaks: ' \t"\'=:' });
}

test('each shell is given words as it takes them', () => {
  const offer = words('-kind=', 'a:b');
  expect(lines('bash', offer, '-kind=')).toEqual(['a:b']);
  expect(lines('bash', offer, '-kind=a:')).toEqual(['b']);
  expect(shellLines('bash', offer, { text: '-kind=', breaks: ' ' })).toEqual(['-kind=a:b']);
  expect(lines('zsh', offer)).toEqual(['-kind=a\\:b:about a:b']);
  expect(lines('fish', offer)).toEqual(['-kind=a:b\tabout a:b']);
});

test('nothing of a name is for bash to understand', () => {
  expect(lines('bash', words('', '*', '$(x)', 'a b', "';`"))).toEqual([
    '\\*',
    '\\$\\(x\\)',
    'a\\ b',
    "\\'\\;\\`",
  ]);
});

test('a name that is no single line is left out, and what is said of one stays on its line', () => {
  const candidates = [
    { value: 'a\nb', about: '' },
    { value: 'c', about: 'd\ne\tf' },
  ];
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    const shown = lines(shell, { kind: 'words', candidates, before: '' });
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatch(/^c([:\t]d e f)?$/);
  }
});

test('files are left to the shell', () => {
  expect(lines('zsh', { kind: 'files' })).toEqual([':files']);
});
