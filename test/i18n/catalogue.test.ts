import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCompanies } from '../../src/facts/companies.ts';
import { METRIC_IDS } from '../../src/facts/metric.ts';
import { createCatalogue, loadCatalogue } from '../../src/i18n/catalogue.ts';
import { CatalogueError, type Messages } from '../../src/i18n/messages.ts';
import { catalogue } from '../cards/stories.ts';

const of = (texts: Record<string, Messages>) => createCatalogue(new Map(Object.entries(texts)));

const files = readdirSync(join(import.meta.dirname, '../../config/messages'));

test('the languages are the files of config/messages', () => {
  expect(catalogue.languages).toEqual(files.map((name) => name.replace('.yaml', '')).sort());
  expect(catalogue.languages).toEqual(expect.arrayContaining(['en', 'ko']));
  expect(catalogue.isLanguage('ko')).toBe(true);
  expect(catalogue.isLanguage('xx')).toBe(false);
});

test('an invalid YAML file is reported with its fault', () => {
  const dir = mkdtempSync(join(tmpdir(), 'messages-'));
  try {
    writeFileSync(join(dir, 'en.yaml'), 'a: x\na: y\n');
    expect(() => loadCatalogue(dir)).toThrow(
      /en\.yaml:2 cannot be read as messages: duplicated mapping key; correct the file$/,
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('an unknown language is refused with a list of the known ones', () => {
  expect(() => of({ en: { a: 'x' }, ko: { a: 'x' } }).in('xx')).toThrow('No language "xx". Available: en, ko.');
});

test('falls are red, blue where the file says so, and nothing else', () => {
  const falls = (colour?: string) =>
    of({ en: { a: 'x', ...(colour !== undefined && { falls: colour }) } }).in('en').falls;
  expect([falls(), falls('red'), falls('blue')]).toEqual(['red', 'red', 'blue']);
  expect(() => falls('green')).toThrow('falls in en.yaml is "green": write red or blue.');
  expect([catalogue.in('en').falls, catalogue.in('ko').falls]).toEqual(['red', 'blue']);
});

test('a text missing in one language is reported with key and language', () => {
  const load = () => of({ en: { a: { b: 'x', c: 'y' } }, ko: { a: { b: 'x' } } });
  expect(load).toThrow(CatalogueError);
  expect(load).toThrow('No text "a.c" in language "ko" (en.yaml has it): add it.');
  expect(() => of({ en: { a: 'x' }, ko: { a: 'x', z: 'x' } })).toThrow('No text "z" in language "en"');
});

test('texts with unequal placeholders are refused', () => {
  expect(() => of({ en: { a: '{{x}}' }, ko: { a: '{{x}} {{y}}' } })).toThrow(
    'Text "a" has the placeholders [x] in "en" and [x, y] in "ko"',
  );
});

test('a plural needs every form that its language has', () => {
  const korean = { a_other: '{{count}}' };
  expect(() => of({ en: { a_other: '{{count}}' }, ko: korean })).toThrow('No text "a_one" in language "en"');
  const words = of({ en: { a_one: 'one {{count}}', a_other: 'many {{count}}' }, ko: korean });
  expect([1, 2, 0].map((count) => words.in('en').say('a', { count }))).toEqual(['one 1', 'many 2', 'many 0']);
  expect(words.in('ko').say('a', { count: 1 })).toBe('1');
});

test('a form that English does not have may be left out, and is then as the other one', () => {
  const polish = { a_one: '{{count}} dzień', a_few: '{{count}} dni', a_other: '{{count}} dnia' };
  const words = of({ en: { a_one: '{{count}}', a_other: '{{count}}' }, pl: polish }).in('pl');
  expect([1, 2, 5].map((count) => words.say('a', { count }))).toEqual(['1 dzień', '2 dni', '5 dnia']);
});

test('a value that is not a text is refused', () => {
  expect(() => of({ en: { a: 3 as unknown as string } })).toThrow('Text "a" is not a string');
  expect(() => of({})).toThrow('No message files');
});

test('a missing key or value is an error that names it', () => {
  const words = of({ en: { a: 'hello {{name}}' } }).in('en');
  expect(() => words.say('b')).toThrow('No text "b" in language "en"');
  expect(() => words.say('a')).toThrow('No value for {{name}}');
});

test('values are neither escaped nor read as placeholders', () => {
  const words = of({ en: { a: '<{{name}}>', b: 'secret' } }).in('en');
  expect(words.say('a', { name: `A&B "x" $t(b) {{b}}` })).toBe(`<A&B "x" $t(b) {{b}}>`);
});

test.each(catalogue.languages)('every metric and subject has a text in %s', (language) => {
  const words = catalogue.in(language);
  for (const metric of METRIC_IDS) {
    expect(words.say(`metric.${metric}`, { amount: '7', count: 7 })).toContain('7');
  }
  for (const subject of loadCompanies().subjects) expect(words.say(`name.${subject}`)).not.toBe('');
});

test('a text without values is the same each time, in each language its own, and one that needs a value is refused each time', () => {
  const two = of({ en: { a: 'x', b: '{{n}} left' }, ko: { a: 'y', b: '{{n}} \ub0a8\uc74c' } });
  for (let round = 0; round < 2; round += 1) {
    expect([two.in('en').say('a'), two.in('ko').say('a')]).toEqual(['x', 'y']);
    expect(() => two.in('en').say('b')).toThrow(CatalogueError);
    expect(two.in('en').say('b', { n: round })).toBe(`${round} left`);
    expect(two.in('en').knows('c')).toBe(false);
  }
});
