import { describe, expect, test } from 'vitest';
import { cardTerminal } from '../../src/cards/terminal.ts';
import { spokenLanguage } from '../../src/cli/spoken-language.ts';
import { terminalStyle } from '../../src/cli/terminal-style.ts';
import { loadCatalogue } from '../../src/i18n/catalogue.ts';

const terminal = { isTTY: true, columns: 100 };

describe('escape codes', () => {
  test.each([
    ['a terminal', terminal, { TERM: 'xterm-256color' }, true],
    ['a terminal with NO_COLOR', terminal, { TERM: 'xterm-256color', NO_COLOR: '1' }, false],
    ['a terminal with an empty NO_COLOR, which is as if it were not set', terminal, { NO_COLOR: '' }, true],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
    ['a pipe', {}, { TERM: 'xterm-256color' }, false],
  ])('are written to %s: %4$s', (_to, stream, env, expected) => {
    expect(terminalStyle(stream, env).escapes).toBe(expected);
  });

  test('are in no card without colour', () => {
    const card = { kind: 'k', tone: 'red', title: '▼ t', lead: ['l'], sections: [], footer: ['f'] } as const;
    const text = cardTerminal(card, { width: 80, colour: terminalStyle(terminal, { TERM: 'dumb' }).escapes });
    expect(text).not.toContain('\u001b');
    expect(cardTerminal(card, { width: 80, colour: true })).toContain('\u001b');
  });
});

test('a pipe is as wide as a card is by default, a terminal as it is', () => {
  expect([terminalStyle({}, {}).width, terminalStyle(terminal, {}).width]).toEqual([80, 100]);
});

describe('without --language', () => {
  const catalogue = loadCatalogue();

  test.each([
    [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'en_GB.UTF-8', LC_MESSAGES: 'ko_KR' }, 'ko'],
    [{ LANG: '' }, 'en'],
    [{}, 'en'],
  ])('the language of the environment %j is %s', (env, language) => {
    expect(spokenLanguage(catalogue, env)).toBe(language);
  });
});
