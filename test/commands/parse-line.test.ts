import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { parseLine } from '../../commands/parse-line.ts';
import { quote } from '../../commands/quote.ts';
import { context } from './asking.ts';

const parse = (line: string) => parseLine(line, commands, context.catalogue);

test.each([
  ['quote nvda', 'quote', { symbol: 'nvda' }],
  ['  Quote   NVDA ', 'quote', { symbol: 'NVDA' }],
  ['/quote nvda', 'quote', { symbol: 'nvda' }],
  ['chart nvda 6m', 'chart', { symbol: 'nvda', range: '6m' }],
  ['chart nvda 6m underwater', 'chart', { symbol: 'nvda', range: '6m', kind: 'underwater' }],
  ['facts list meta 2', 'facts list', { company: 'meta', page: '2' }],
  ['facts source meta capex_guidance', 'facts source', { company: 'meta', metric: 'capex_guidance' }],
  ['drawdown', 'drawdown', {}],
  ['시세 엔비디아', 'quote', { symbol: '엔비디아' }],
  ['자료 목록 메타', 'facts list', { company: '메타' }],
])('%j calls %s', (line, name, options) => {
  expect(parse(line)).toEqual({ name, options });
});

test.each(['bill as-of=2024-07-31', 'bill as-of:2024-07-31', 'bill AS-OF="2024-07-31"', 'bill as-of:“2024-07-31”'])(
  'an option may be named: %s',
  (line) => {
    expect(parse(line)).toEqual({ name: 'bill', options: { 'as-of': '2024-07-31' } });
  },
);

test.each([
  ['alerts set role none', { role: 'none' }],
  ['alerts set role hello', { role: 'hello' }],
  ['alerts set nvda price abc', { symbol: 'nvda', price: 'abc' }],
  ['alerts set nvda within 30min fall 4', { symbol: 'nvda', within: '30min', fall: '4' }],
  ['alerts set quiet 25:00-7', { quiet: '25:00-7' }],
  ['alerts set nvda 20,30 from 20', { symbol: 'nvda', levels: '20,30', from: '20' }],
  ['alerts set role role:none', { symbol: 'role', role: 'none' }],
  ['alerts set role', { symbol: 'role' }],
])('an option may be named by a word before its value: %s', (line, options) => {
  expect(parse(line)).toEqual({ name: 'alerts set', options });
});

test.each([
  ['setup stop', 'setup', { stop: '' }],
  ['alerts set edits', 'alerts set', { edits: '' }],
  ['chart nvda range', 'chart', { symbol: 'nvda', range: '' }],
  ['mute duration', 'mute', { symbol: 'duration' }],
])('a choice may be named at the end without its value, another option not: %s', (line, name, options) => {
  expect(parse(line)).toEqual({ name, options });
});

test.each(['0', '101', 'abc'])('alerts set nvda %s is about the levels: no other option takes it', (typed) => {
  expect(parse(`alerts set nvda ${typed}`).options).toEqual({ symbol: 'nvda', levels: typed });
});

test('named options can be anywhere, the others keep their order', () => {
  expect(parse('chart range:6m nvda')).toEqual({ name: 'chart', options: { symbol: 'nvda', range: '6m' } });
  expect(parse('chart kind=underwater nvda 1m')).toEqual({
    name: 'chart',
    options: { symbol: 'nvda', range: '1m', kind: 'underwater' },
  });
});

test('a choice is assigned to its option even if an earlier option is left out', () => {
  expect(parse('chart nvda underwater').options).toEqual({ symbol: 'nvda', kind: 'underwater' });
});

test('a word that is not a choice is assigned to the next option, which then lists its choices', () => {
  expect(parse('chart nvda 7y').options).toEqual({ symbol: 'nvda', range: '7y' });
});

test('names of several words need quotes only if something follows', () => {
  expect(parse('quote the nasdaq').options).toEqual({ symbol: 'the nasdaq' });
  expect(parse('chart "the nasdaq" 6m').options).toEqual({ symbol: 'the nasdaq', range: '6m' });
  expect(parse('chart “the nasdaq” 6m').options).toEqual({ symbol: 'the nasdaq', range: '6m' });
});

test.each(['', '   ', 'help', 'HELP', '도움말'])('%j calls help', (line) => {
  expect(parse(line)).toEqual({ name: 'help', options: {} });
});

test('an unknown command name is kept as typed', () => {
  expect(parse('quot nvda').name).toBe('quot');
  expect(parse('facts nvda').name).toBe('facts');
});

test('a colon after an unknown option name is part of the text', () => {
  expect(parse('quote a:b').options).toEqual({ symbol: 'a:b' });
});

test('any line gives a call with options that the command has', () => {
  const names = commands.map(({ name }) => name);
  const line = fc
    .tuple(fc.constantFrom(...names, ''), fc.string({ unit: 'binary', maxLength: 200 }))
    .map((parts) => parts.join(' '));
  fc.assert(
    fc.property(line, (typed) => {
      const { name, options } = parse(typed);
      const known = commands.find((command) => command.name === name)?.options.map((option) => option.name) ?? [];
      for (const option of Object.keys(options)) expect(known).toContain(option);
    }),
  );
});

test('of two commands with one name the first is meant', () => {
  const other = { ...quote, options: [] };
  const asked = [
    [quote, other],
    [other, quote],
  ].map((both) => parseLine('quote nvda', both, context.catalogue).options);
  expect(asked).toEqual([{ symbol: 'nvda' }, {}]);
});

test.each([
  ['mute symbol:', 'missing', 'symbol'],
  ['mute symbol: duration:2h', 'missing', 'symbol'],
  ['mute nvda duration:""', 'missing', 'duration'],
  ['alerts set symbol: levels:20', 'missing', 'symbol'],
  ['alerts set symbol:nvda levels:20 levels:30', 'twice', 'levels'],
  ['alerts set levels=20 LEVELS:20', 'twice', 'levels'],
  ['mute symbol nvda symbol tsla', 'twice', 'symbol'],
])('%j says that an option is %s: %s', (line, kind, option) => {
  expect(parse(line).fault).toEqual({ kind, option });
});

test.each(['mute symbol:nvda 2h', 'setup digest:', 'alerts set nvda 20,30', 'mute', 'mute all'])(
  '%j has no fault',
  (line) => {
    expect(parse(line)).not.toHaveProperty('fault');
  },
);
